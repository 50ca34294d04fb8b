"""What firms can get wrong in a chain, a submission or a file."""

from __future__ import annotations

from lca_models.errors import GreenchainError, RuleBrokenError, Text


class InvalidChainError(GreenchainError):
    """A chain breaks one or more rules; every breach is listed at once."""

    code = "invalid-chain"
    title = Text(en="The chain cannot be calculated as it stands", zh="该供应链数据有误，无法计算")


class InvalidDocumentError(GreenchainError):
    """A document does not have the shape of its format; every breach is listed at once."""

    code = "invalid-document"
    title = Text(en="The document does not follow its format", zh="文档不符合格式要求")


class InvalidIdentifierError(RuleBrokenError):
    """An identifier of a firm is malformed or its check digit is wrong."""

    code = "invalid-identifier"
    title = Text(en="Identifier is not valid", zh="组织标识无效")


class UnknownReferenceError(RuleBrokenError):
    """Something refers to a firm, product or declaration that the chain does not have."""

    code = "unknown-reference"
    title = Text(en="Reference to something unknown", zh="引用的对象不存在")


class DuplicateError(RuleBrokenError):
    """Two things that must differ have the same id."""

    code = "duplicate"
    title = Text(en="Given twice", zh="重复")


class CertificateOverspentError(RuleBrokenError):
    """More energy is claimed against a green-power certificate than it stands for."""

    code = "certificate-overspent"
    title = Text(en="Certificate claimed more than once", zh="绿证重复使用")


class DeclarationExpiredError(RuleBrokenError):
    """A declared footprint is used for a period that its validity does not cover."""

    code = "declaration-expired"
    title = Text(en="Declared footprint is not valid for the period", zh="声明的碳足迹不在有效期内")


class MissingQuantityError(RuleBrokenError):
    """A line lacks a quantity that its calculation needs."""

    code = "missing-quantity"
    title = Text(en="Quantity missing", zh="缺少数量")


class UnknownProductError(RuleBrokenError):
    """A product asked for is not in the chain, or has nothing to calculate."""

    code = "unknown-product"
    title = Text(en="Unknown product", zh="未知产品")


class MissingFileError(RuleBrokenError):
    """A folder lacks its chain sheet, or a file that the sheet names."""

    code = "missing-file"
    title = Text(en="File missing", zh="缺少文件")


class ChainTooLargeError(RuleBrokenError):
    """A chain is larger than one request may have."""

    code = "chain-too-large"
    title = Text(en="Chain is too large for one request", zh="供应链规模超过单次请求上限")


class AnswerTooLargeError(RuleBrokenError):
    """The footprints asked for are more than one answer may hold."""

    code = "answer-too-large"
    title = Text(en="Answer would be too large", zh="计算结果超过单次返回上限")


class UnusableDatabaseError(GreenchainError):
    """A database that was brought cannot be a background; every reason is listed at once."""

    code = "unusable-database"
    title = Text(en="The database cannot be used as it stands", zh="该数据库无法直接使用")


class BrightwayMissingError(RuleBrokenError):
    """There is no environment with Brightway to read a database with."""

    code = "brightway-missing"
    title = Text(en="Brightway is not installed", zh="未安装Brightway")
