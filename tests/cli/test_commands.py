"""The command line, run as a user runs it: files in, text and exit codes out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from privlib import EntityRef, SqlStorage
from privlib.cli.application import application

HEADER = "order_id,customer_id,paid_at,amount"
ORDERS = f"""{HEADER},kind,refund_id
A-1,wei,2026-06-01T12:00:00+08:00,5200.00,order,
A-2,li,2026-06-01T13:00:00+08:00,120.50,,
A-1,wei,2026-06-03T09:30:00+08:00,400.00,refund,R-1
"""


def run(*arguments):
    return CliRunner().invoke(application, [str(argument) for argument in arguments])


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def url_of(folder):
    return f"sqlite:///{folder / 'shop.db'}"


def members_in(folder, *customers):
    storage = SqlStorage(url_of(folder))
    found = storage.get([EntityRef("member", customer) for customer in customers])
    storage.close()
    return {member.id: (member.spent.minor, member.tier) for member in found}


def test_check_finds_no_fault_in_a_good_program(tmp_path):
    program = write(
        tmp_path / "shop.toml",
        '[shop]\nname="Tea"\n[[lifecycles]]\nname="customer"\n[[lifecycles.stages]]\nname="new"\n[welcome]\ntext="Hello"\n',
    )
    result = run("check", program)
    assert result.exit_code == 0
    assert "no faults" in result.output


def test_check_tells_what_costs_less_on_a_public_platform(tmp_path):
    program = write(
        tmp_path / "shop.toml",
        """
        [shop]
        name = "Tea"
        [[lifecycles]]
        name = "customer"

        [[lifecycles.stages]]
        name = "new"
        [welcome]
        text = "Hello"
        [[prices.rules]]
        name = "sale"
        goods = { skus = ["cup", "pot"] }
        price = 95
        [[prices.public]]
        sku = "cup"
        price = 89
        platform = "tmall"
        [[prices.public]]
        sku = "pot"
        price = "94.99"
        """,
    )
    result = run("check", program)
    assert result.exit_code == 0
    assert result.output.splitlines()[1:] == [
        '"sale" sells cup for 95.00 CNY; on tmall: 89.00 CNY',
        '"sale" sells pot for 95.00 CNY; elsewhere: 94.99 CNY',
    ]


def test_check_warns_of_a_welcome_that_the_persona_would_not_say(tmp_path):
    program = write(
        tmp_path / "shop.toml",
        """
        [shop]
        name = "Tea"
        [[lifecycles]]
        name = "customer"

        [[lifecycles.stages]]
        name = "new"
        [welcome]
        text = "The cheapest tea, says {persona}"
        [[personas]]
        name = "Lin"
        forbidden = ["cheapest"]
        faces = [{ carrier = "sms", longest = 10 }]
        """,
    )
    result = run("check", program)
    assert result.exit_code == 0
    phrase, length = result.output.splitlines()[1:]
    assert phrase == 'warning: welcome.text: Lin never says "cheapest": at characters 5 to 12.'
    assert length.startswith("warning: welcome.text on sms: Lin says no more than 10 characters")


def test_check_names_every_fault_with_its_path(tmp_path):
    program = write(
        tmp_path / "shop.toml",
        """
        [shop]
        name = "Tea"
        currency = "CNX"
        [[ladder.tiers]]
        name = "silver"
        threshold = 5000
        [[ladder.tiers]]
        name = "silver"
        threshold = 4000
        [[lifecycles]]
        name = "customer"

        [[lifecycles.stages]]
        name = "new"
        [welcome]
        txet = "Hello"
        """,
    )
    result = run("check", program)
    assert result.exit_code == 1
    for said in (
        "shop.currency: 'CNX' is not an ISO 4217 currency code",
        'ladder.tiers[1].name: "silver" stands at [0] already',
        "ladder.tiers[1].threshold: 4000.00 CNY is not above 5000.00 CNY",
        "welcome.text: is missing",
        'welcome.txet: unknown key; did you mean "text"?',
    ):
        assert said in result.output


def test_replay_tells_orders_and_refunds(tmp_path):
    orders = write(tmp_path / "orders.csv", ORDERS)
    out = tmp_path / "out.json"
    result = run("replay", orders, "--storage", url_of(tmp_path), "--json", out)
    assert result.exit_code == 0, result.output
    assert members_in(tmp_path, "wei", "li") == {"wei": (480_000, None), "li": (12_050, None)}
    assert json.loads(out.read_text()) == {
        "orders": 2,
        "customers": 2,
        "paid_fen": 532_050,
        "tiers": {"5000": 1, "10000": 0, "50000": 0, "100000": 0},
        "reached": [["wei", 5000, "A-1", "2026-06-01T12:00:00+08:00"]],
    }


def test_replaying_the_same_file_again_adds_nothing(tmp_path):
    orders = write(tmp_path / "orders.csv", ORDERS)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    run("replay", orders, "--storage", url_of(tmp_path), "--json", first)
    result = run("replay", orders, "--storage", url_of(tmp_path), "--json", second)
    assert result.exit_code == 0
    assert first.read_text() == second.read_text()
    assert re.search(r"of these new\s+│\s+0 ", result.output)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-9,wei,2026-06-01T12:00:00,10.00", "names no time zone"),
        ("A-9,wei,yesterday,10.00", "'yesterday' is not an ISO 8601 time"),
        ("A-9,wei,2026-06-01T12:00:00Z,10.005", "10.005 CNY is not a whole number of minor units"),
        ("A-9,wei,2026-06-01T12:00:00Z,1e3", "'1e3' is not an amount"),
        ("A-9,wei,2026-06-01T12:00:00Z,NaN", "'NaN' is not an amount"),
        ("A-9,wei,2026-06-01T12:00:00Z,-5", "paid cannot be negative"),
        ("A-9,wei,2026-06-01T12:00:00Z,", "'' is not an amount"),
        ("A-9,,2026-06-01T12:00:00Z,10.00", "the customer id is empty"),
        (f"{'A' * 200},wei,2026-06-01T12:00:00Z,10.00", "the order id has 200 characters"),
        ("A-9,13800138000,2026-06-01T12:00:00Z,10.00", "looks like a phone number"),
        ("A-9,wei,2026-06-01T12:00:00Z", "3 fields in place of 4"),
    ],
)
def test_a_bad_row_is_named_counted_and_stops_nobody(tmp_path, row, reason):
    orders = write(
        tmp_path / "orders.csv",
        f"{HEADER}\nA-1,wei,2026-06-01T12:00:00Z,10.00\n{row}\nA-2,wei,2026-06-02T12:00:00Z,5.00\n",
    )
    result = run("replay", orders, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert f"{orders}:3: " in result.output
    assert reason in result.output
    assert members_in(tmp_path, "wei") == {"wei": (1_500, None)}


def test_strict_stops_at_the_first_bad_row_and_keeps_the_rows_before(tmp_path):
    orders = write(
        tmp_path / "orders.csv",
        f"{HEADER}\nA-1,wei,2026-06-01T12:00:00Z,10.00\nbad\nA-2,wei,2026-06-02T12:00:00Z,5.00\n",
    )
    result = run("replay", orders, "--storage", url_of(tmp_path), "--strict")
    assert result.exit_code == 1
    assert members_in(tmp_path, "wei") == {"wei": (1_000, None)}


def test_a_refund_above_what_was_paid_is_reported_with_its_numbers(tmp_path):
    orders = write(
        tmp_path / "orders.csv",
        f"{HEADER},kind,refund_id\n"
        "A-1,wei,2026-06-01T12:00:00Z,10.00,order,\n"
        "A-1,wei,2026-06-02T12:00:00Z,10.01,refund,R-1\n",
    )
    result = run("replay", orders, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert f"{orders}:3: refused: Order A-1 was paid with 10 yuan" in result.output
    assert members_in(tmp_path, "wei") == {"wei": (1_000, None)}


def test_the_same_order_with_another_amount_is_a_bad_row(tmp_path):
    orders = write(
        tmp_path / "orders.csv",
        f"{HEADER}\nA-1,wei,2026-06-01T12:00:00Z,10.00\nA-1,wei,2026-06-01T12:00:00Z,11.00\n",
    )
    result = run("replay", orders, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert f"{orders}:3: order:A-1:paid was told before with other content" in result.output
    assert members_in(tmp_path, "wei") == {"wei": (1_000, None)}


def test_lines_are_json_and_must_sum_to_what_was_paid(tmp_path):
    good = '[{""sku"":""tea"",""quantity"":2,""paid"":""6.00""},{""sku"":""cup"",""paid"":4}]'
    short = '[{""sku"":""tea"",""paid"":""9.99""}]'
    wrong = '[{""sku"":""tea"",""quantity"":-1,""paid"":10}]'
    orders = write(
        tmp_path / "orders.csv",
        f"{HEADER},lines\n"
        f'A-1,wei,2026-06-01T12:00:00Z,10.00,"{good}"\n'
        f'A-2,wei,2026-06-01T12:00:00Z,10.00,"{short}"\n'
        f'A-3,wei,2026-06-01T12:00:00Z,10.00,"{wrong}"\n'
        "A-4,wei,2026-06-01T12:00:00Z,10.00,{}\n",
    )
    result = run("replay", orders, "--storage", url_of(tmp_path))
    assert f"{orders}:3: the lines of the order sum to 9.99 CNY, not to 10.00 CNY" in result.output
    assert f"{orders}:4: the quantity of a line is a whole number above 0" in result.output
    assert f"{orders}:5: lines is not a list" in result.output
    assert members_in(tmp_path, "wei") == {"wei": (1_000, None)}


def test_a_file_without_a_column_is_refused_with_the_nearest_one(tmp_path):
    orders = write(tmp_path / "orders.csv", "order_id,customer,paid_at,amount\n")
    result = run("replay", orders, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert "there is no column customer_id" in result.output


def test_parquet_is_read_like_csv(tmp_path):
    when = datetime(2026, 6, 1, 4, tzinfo=UTC)
    table = pa.table(
        {
            "order_id": ["A-1", "A-2", "A-3"],
            "customer_id": [17, 17, 18],
            "paid_at": pa.array([when, when, when], pa.timestamp("us", "UTC")),
            "amount": pa.array([Decimal("5200.00"), Decimal("0.00"), None], pa.decimal128(12, 2)),
        }
    )
    path = tmp_path / "orders.parquet"
    pq.write_table(table, path)
    result = run("replay", path, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert f"{path}:3: amount is missing" in result.output
    assert members_in(tmp_path, "17", "18") == {"17": (520_000, "silver")}


def test_parquet_with_floats_or_times_without_a_zone_is_refused_row_by_row(tmp_path):
    when = datetime(2026, 6, 1, 4, tzinfo=UTC).replace(tzinfo=None)
    floats = pa.table(
        {
            "order_id": ["A-1"],
            "customer_id": ["wei"],
            "paid_at": pa.array([when], pa.timestamp("us")),
            "amount": [52.5],
        }
    )
    path = tmp_path / "orders.parquet"
    pq.write_table(floats, path)
    result = run("replay", path, "--storage", url_of(tmp_path))
    assert "amount must be text, a whole number or a decimal; got float" in result.output


def test_what_is_no_parquet_file_is_said_to_be_none(tmp_path):
    path = write(tmp_path / "orders.parquet", "order_id")
    result = run("replay", path, "--storage", url_of(tmp_path))
    assert result.exit_code == 1
    assert "is not a Parquet file" in result.output


def test_a_storage_that_does_not_open_has_its_own_exit_code(tmp_path):
    orders = write(tmp_path / "orders.csv", ORDERS)
    result = run("replay", orders, "--storage", f"sqlite:///{tmp_path}/none/shop.db")
    assert result.exit_code == 3
    assert "storage: " in result.output


def test_wrong_usage_has_its_own_exit_code(tmp_path):
    assert run("replay").exit_code == 2
    assert run("check", tmp_path / "none.toml").exit_code == 2


def test_explain_tells_a_member_s_history_in_sentences(tmp_path):
    orders = write(tmp_path / "orders.csv", ORDERS)
    run("replay", orders, "--storage", url_of(tmp_path))
    result = run("explain", "--storage", url_of(tmp_path), "wei")
    assert result.exit_code == 0
    assert result.output == (
        "2026-06-01 12:00  wei became known to the shop through: first order.\n"
        "2026-06-01 12:00  wei became a friend of shop on console through: first order; "
        "stage: new friend.\n"
        "2026-06-01 12:00  wei has a tie to the shop: console:shop:wei.\n"
        "2026-06-01 12:00  wei became a member.\n"
        "2026-06-01 12:00  Order A-1 of wei was paid: 5,200 yuan.\n"
        "2026-06-01 12:00  Order A-1 adds 5,200 yuan to the spend of wei.\n"
        "2026-06-01 12:00  wei reached tier silver with order A-1: 5,200 yuan spent, "
        "5,000 yuan needed.\n"
        "2026-06-01 12:00  wei is owed the gift silver-pack of tier silver, worth 300 yuan.\n"
        "2026-06-01 12:00  wei moved from stage new friend to stage first purchase of lifecycle "
        "customer by itself.\n"
        "2026-06-03 09:30  400 yuan of order A-1 went back to wei (refund R-1).\n"
        "2026-06-03 09:30  Refund R-1 of order A-1 takes 400 yuan off the spend of wei.\n"
        "2026-06-03 09:30  wei lost tier silver and is in no tier now: 4,800 yuan spent, "
        "5,000 yuan needed.\n"
        "2026-06-03 09:30  The gift silver-pack of wei, worth 300 yuan, is no longer earned and "
        "may be asked back.\n"
        "200 yuan more brings wei to silver, with the gift silver-pack; spent so far: "
        "4,800 yuan.\n"
    )


def test_explain_speaks_chinese(tmp_path):
    orders = write(tmp_path / "orders.csv", ORDERS)
    run("replay", orders, "--storage", url_of(tmp_path))
    result = run("explain", "--storage", url_of(tmp_path), "--locale", "zh-CN", "li")
    assert "li 的订单 A-2 已支付：120.50 元。" in result.output


def test_explain_knows_when_it_knows_nobody(tmp_path):
    run("replay", write(tmp_path / "orders.csv", ORDERS), "--storage", url_of(tmp_path))
    result = run("explain", "--storage", url_of(tmp_path), "nobody")
    assert result.exit_code == 1
    assert "nothing is known of 'nobody'" in result.output


def test_explain_makes_no_file_where_there_is_none(tmp_path):
    result = run("explain", "--storage", f"{url_of(tmp_path)}?timeout=5", "wei")
    assert result.exit_code == 3
    assert "storage: there is no file" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "replay", "explain", "--help"])
def test_a_command_ends_quietly_when_nobody_reads_on(tmp_path, command):
    """As in `privlib explain … | head`."""
    orders = write(tmp_path / "orders.csv", ORDERS)
    run("replay", orders, "--storage", url_of(tmp_path))
    program = write(
        tmp_path / "shop.toml",
        '[shop]\nname="Tea"\n[[lifecycles]]\nname="customer"\n[[lifecycles.stages]]\nname="new"\n[welcome]\ntext="Hello"\n',
    )
    arguments = {
        "check": ["check", program],
        "replay": ["replay", orders, "--storage", url_of(tmp_path)],
        "explain": ["explain", "--storage", url_of(tmp_path), "wei"],
        "--help": ["--help"],
    }
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "privlib", *arguments[command]],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (ended.stderr, ended.returncode) == ("", 1)


def test_python_m_privlib_is_the_command_line():
    shown = subprocess.run(
        [sys.executable, "-m", "privlib", "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.startswith("privlib ")


def test_without_its_libraries_the_command_line_says_what_to_install():
    code = "import sys; sys.modules['click'] = None; from privlib.cli import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 1
    assert 'pip install "privlib-domain[cli]"' in shown.stderr
