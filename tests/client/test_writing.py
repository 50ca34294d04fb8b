"""The typed client is what the routes say."""

from tests.client.writing import CLIENT, write_formatted


def test_the_committed_client_is_what_would_be_written() -> None:
    written = write_formatted()
    stale = [path.name for path, text in written.items() if path.read_text("utf-8") != text]
    assert not stale, f"Run python3 dev.py client: {stale} are not what the routes say"
    kept = set((CLIENT / "operations").glob("[!_]*.py"))
    assert kept <= written.keys(), "Run python3 dev.py client: some rooms are gone"
