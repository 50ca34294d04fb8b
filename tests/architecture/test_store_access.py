"""Who may look beyond its caller's eyes, and where SQL is written by hand: nowhere else."""

import ast

from tests.architecture import tree

# Each proves otherwise that its caller may have what it finds; a new one needs its reason here.
WHOLE_STORE = {
    "service.store.calculations": "what rests on a changed product; nobody is told",
    "service.store.claims": "a worker finishes the job that it claimed",
    "service.store.firm_letters": "a letter to people of another firm, of whom nothing is told",
    "service.store.jobs": "a job of a known key is found whoever may follow it",
    "service.store.members": "a number that another firm has is refused",
    "service.store.registering": "a letter to the first person of a new firm",
    "service.use_cases.accept_invitation": "the code proves the invitation",
    "service.use_cases.accept_link": "both products are locked; the supplier agreed",
    "service.use_cases.accept_submission": "its reviewer never reads it, and decides",
    "service.use_cases.appoint_verifier": "the id of a verifier is all that is known of it",
    "service.use_cases.ask_data": "whether data was accepted already, which its asker may know",
    "service.use_cases.decline_invitation": "the code proves the invitation",
    "service.use_cases.invite_firm": "a letter to somebody who is no member yet",
    "service.use_cases.read_invitation": "the code proves the invitation",
    "service.use_cases.register_invited": "the code proves the invitation",
    "service.use_cases.return_submission": "its reviewer never reads it, and decides",
    "service.use_cases.show_chain_footprint": "shares of the lead's own result, rounded",
    "service.use_cases.show_link": "who sees a link follows from links that others own",
    "service.use_cases.show_membership": "the same, for all links of a member",
}


def test_the_whole_store_is_seen_by_named_modules_alone() -> None:
    users = {
        tree.dotted(path)
        for path in tree.modules("service", "supplier_portal")
        if "service.store.session.whole_store" in set(tree.imports(path))
    }
    assert users == WHOLE_STORE.keys()


def test_sql_is_written_by_hand_in_the_store_alone() -> None:
    strays = [
        f"{tree.name_of(path)}:{node.lineno}: query through the tables' classes"
        for path in tree.modules("lca_models", "service", "supplier_portal")
        if not tree.dotted(path).startswith("service.store.")
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "sqlalchemy"
        and {"text", "literal_column"} & {alias.name for alias in node.names}
    ]
    assert not strays, "\n".join(strays)
