"""Files that no row points to are swept up, after a day."""

from datetime import timedelta
from pathlib import Path

from service.domain.access import SERVICE
from service.domain.organisation import Role
from service.store.session import open_transaction
from service.use_cases.clean_files import clean_files
from tests.api.test_evidence import give
from tests.chain_makers import done
from tests.members import Service
from tests.submission_makers import drafted, steel_of


def test_what_no_row_points_to_goes_and_the_rest_stays(service: Service, tmp_path: Path) -> None:
    members = service.wiring.members
    mill = service.join("Mill", Role.SUPPLIER)
    kept = done(give(mill, drafted(mill, steel_of(mill))), 201)
    members.files.put("firm/hash/orphan", b"left behind")
    (orphan,) = (tmp_path / "files").rglob("orphan")
    written = orphan.stat().st_mtime
    from_disk = service.clock.now.fromtimestamp(written, tz=service.clock.now.tzinfo)

    def sweep(after: timedelta) -> int:
        return clean_files(
            lambda: open_transaction(members.engine, SERVICE, reading=True),
            members.files,
            from_disk + after,
        )

    assert sweep(timedelta(hours=23)) == 0
    assert sweep(timedelta(hours=25)) == 1
    assert mill.get(f"/v1/evidence/{kept['id']}/content").status_code == 200
