"""As whom the service connects to PostgreSQL: with a role's rights, and never past its guards."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from lca_models.errors import RuleBrokenError, Text

ROLE = "greenchain_app"
_FIND_ROLE = text("select exists (select from pg_roles where rolname = :role)")
_MAY_MAKE = text("select rolsuper or rolcreaterole from pg_roles where rolname = current_user")
_MIGHT = text(
    "select rolsuper, rolbypassrls,"
    " exists (select from pg_class where oid = to_regclass('organisation')"
    " and pg_has_role(relowner, 'member')) as owns,"
    " coalesce((select pg_has_role(oid, 'usage') from pg_roles where rolname = :role), false)"
    " as member "
    "from pg_roles where rolname = current_user"
)


class RoleMissingError(RuleBrokenError):
    """The role whose rights the application has is not there, and may not be made."""

    code = "role-missing"
    title = Text(en="A role is missing in PostgreSQL", zh="PostgreSQL缺少所需角色")


class UnfitLoginError(RuleBrokenError):
    """The service connects as somebody with too many rights, or too few."""

    code = "unfit-login"
    title = Text(en="The login of the database is unfit", zh="数据库登录账户不适用")


def make_role(connection: Connection) -> None:
    """Make the role that carries the application's rights, where it is not there yet.

    Raises:
        RoleMissingError: It is not there, and the login may not make it.
    """
    if connection.execute(_FIND_ROLE, {"role": ROLE}).scalar_one():
        return
    if not connection.execute(_MAY_MAKE).scalar_one():
        raise RoleMissingError(
            Text(
                en="There is no role {role}, and this login may not make it.",
                zh="没有角色{role}，当前账户也无权创建。",
            ).format(role=ROLE),
            Text(
                en="Let an administrator run: create role {role} nologin; then upgrade again.",
                zh="请由管理员执行：create role {role} nologin；然后重新升级。",
            ).format(role=ROLE),
        )
    connection.execute(text(f"create role {ROLE} nologin"))


def refuse_mighty(engine: Engine) -> None:
    """Make sure that row-level security holds for the login; SQLite knows no logins.

    Raises:
        UnfitLoginError: It is a superuser, passes by row security, owns the tables, or has not the
            rights of the application.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        might = connection.execute(_MIGHT, {"role": ROLE}).one()
    wrong = (
        (might.rolsuper, Text(en="is a superuser", zh="是超级用户")),
        (might.rolbypassrls, Text(en="passes by row security", zh="可绕过行级安全")),
        (might.owns, Text(en="owns the tables", zh="是数据表的所有者")),
        (not might.member, Text(en="has no rights on the tables", zh="没有数据表的权限")),
    )
    for holds, what in wrong:
        if holds:
            raise UnfitLoginError(
                Text(
                    en="The login of GREENCHAIN_DATABASE_URL {what}.",
                    zh="GREENCHAIN_DATABASE_URL的登录账户{what}。",
                ).format(what=what),
                Text(
                    en="Serve as a plain login (create role … login; grant {role} to …), and "
                    "upgrade as the owner (GREENCHAIN_DATABASE_OWNER_URL).",
                    zh="请使用普通登录账户提供服务（create role … login；grant {role} to …），"
                    "升级时使用所有者账户（GREENCHAIN_DATABASE_OWNER_URL）。",
                ).format(role=ROLE),
            )
