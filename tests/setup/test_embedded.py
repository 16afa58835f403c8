"""The embedded PostgreSQL and Valkey: started when asked, shared, stopped by the last user, and keeping their data."""

import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from jobboard import embedded
from jobboard.embedded import places, postgres, valkey


def query(var_dir: Path, sql: str) -> list[tuple]:
    with psycopg.connect(embedded.database_url(var_dir)) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def broker(var_dir: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(valkey.socket_path(var_dir)))


def valkey_pid(var_dir: Path) -> int:
    return int((var_dir / "valkey" / "valkey.pid").read_text())


def kill(pid: int, folder: Path) -> None:
    os.kill(pid, signal.SIGKILL)
    while places.works_in(pid, folder):
        time.sleep(0.02)


def test_addresses_start_nothing_and_make_nothing(var_dir: Path) -> None:
    assert "codeharbor" in embedded.database_url(var_dir)
    assert embedded.broker_url(var_dir).startswith("redis+socket:///")
    assert not var_dir.exists()


def test_a_long_var_dir_gets_a_short_socket_that_depends_on_nothing_else(var_dir: Path, monkeypatch) -> None:
    deep = var_dir / ("d" * 120)
    before = embedded.database_url(deep)
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    assert embedded.database_url(deep) == before
    assert len(str(valkey.socket_path(deep))) < 100
    assert embedded.database_url(deep) != embedded.database_url(var_dir / ("d" * 121))


def test_the_secret_is_made_once_and_is_private(var_dir: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: embedded.machine_secret(var_dir), range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) > 50
    assert (var_dir / "secret-key").stat().st_mode & 0o077 == 0
    assert [path.name for path in var_dir.iterdir()] == ["secret-key"]


def test_nothing_asked_for_starts_nothing(var_dir: Path) -> None:
    with embedded.running(var_dir, database=False, broker=False):
        assert not var_dir.exists()


def test_data_outlives_kills_and_the_last_user_stops_both(var_dir: Path) -> None:
    with embedded.running(var_dir, database=True, broker=True):
        query(var_dir, "CREATE TABLE kept AS SELECT 'yes' AS answer")
        broker(var_dir).set("kept", "yes")
        kill(postgres.postmaster(var_dir), var_dir / "postgres")
        kill(valkey_pid(var_dir), var_dir / "valkey")
        assert embedded.down(var_dir, database=True, broker=True)

        assert embedded.bring_up(var_dir, database=True, broker=True) == ["PostgreSQL", "Valkey"]
        assert query(var_dir, "SELECT answer FROM kept") == [("yes",)]
        assert broker(var_dir).get("kept") == b"yes"

        with embedded.running(var_dir, database=True, broker=True):
            pass
        assert not embedded.down(var_dir, database=True, broker=True)  # a second user has left, we are still here
    assert postgres.postmaster(var_dir) is None
    assert not valkey.answers(var_dir)

    with embedded.running(var_dir, database=True, broker=True):
        assert query(var_dir, "SELECT answer FROM kept") == [("yes",)]
        assert broker(var_dir).get("kept") == b"yes"


def test_neither_listens_on_the_network(var_dir: Path) -> None:
    with embedded.running(var_dir, database=True, broker=True):
        assert query(var_dir, "SHOW listen_addresses") == [("",)]
        assert broker(var_dir).config_get("port") == {"port": "0"}
        assert broker(var_dir).config_get("appendonly") == {"appendonly": "yes"}
        for folder in ("postgres", "valkey"):
            assert (var_dir / folder).stat().st_mode & 0o077 == 0


def test_many_at_once_share_one_server(var_dir: Path) -> None:
    def use(_: int) -> list[tuple]:
        with embedded.running(var_dir, database=True, broker=True):
            return query(var_dir, "SELECT pg_postmaster_start_time(), pg_sleep(0.3)::text")

    with ThreadPoolExecutor(4) as pool:
        assert len({rows[0] for rows in pool.map(use, range(4))}) == 1
    assert postgres.postmaster(var_dir) is None


def test_two_var_dirs_side_by_side(var_dir: Path) -> None:
    other = var_dir.parent / "other"
    with (
        embedded.running(var_dir, database=True, broker=True),
        embedded.running(other, database=True, broker=True),
    ):
        broker(var_dir).set("whose", "one")
        assert broker(other).get("whose") is None
        assert postgres.postmaster(var_dir) != postgres.postmaster(other)


def test_a_stranger_with_the_dead_servers_id_is_not_taken_for_it(var_dir: Path) -> None:
    with embedded.running(var_dir, database=True, broker=True):
        dead = [(var_dir / "postgres" / "postmaster.pid"), (var_dir / "valkey" / "valkey.pid")]
        texts = [path.read_text() for path in dead]
        kill(postgres.postmaster(var_dir), var_dir / "postgres")
        kill(valkey_pid(var_dir), var_dir / "valkey")
        for path, text in zip(dead, texts, strict=True):
            path.write_text("\n".join([str(os.getpid()), *text.split("\n")[1:]]))
        embedded.bring_up(var_dir, database=True, broker=True)
        assert not embedded.down(var_dir, database=True, broker=True)


def test_a_spoilt_append_only_file_is_set_aside(var_dir: Path) -> None:
    with embedded.running(var_dir, database=False, broker=True):
        pass
    next((var_dir / "valkey" / "appendonlydir").glob("*.incr.aof")).write_bytes(b"nonsense\r\n" * 9)
    with embedded.running(var_dir, database=False, broker=True):
        assert broker(var_dir).ping()
    assert len(list((var_dir / "valkey").glob("appendonlydir.spoilt-*"))) == 1


def test_a_path_with_spaces_signs_and_too_many_bytes(var_dir: Path) -> None:
    deep = var_dir / "Codes & jobs é%20" / ("d" * 100)
    with embedded.running(deep, database=True, broker=True):
        assert query(deep, "SELECT 1") == [(1,)]
    shutil.rmtree(places.socket_dir(deep, "valkey").parent)
    refused = var_dir / "a$b"
    with (
        pytest.raises(embedded.Trouble, match="may not contain"),
        embedded.running(refused, database=True, broker=False),
    ):
        pass


def test_postgres_that_cannot_reach_its_data_says_so(var_dir: Path, as_root: None) -> None:
    closed = var_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    with (
        pytest.raises(embedded.Trouble, match=f"cannot pass through {closed} "),
        embedded.running(closed / "var", database=True, broker=False),
    ):
        pass


def test_a_var_dir_that_cannot_be_made_says_so(var_dir: Path) -> None:
    var_dir.write_text("a file")
    with pytest.raises(embedded.Trouble, match="another folder with VAR_DIR"):
        embedded.machine_secret(var_dir)
