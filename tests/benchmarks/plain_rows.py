"""Plain rows: what the plain shop decided, as the texts and rows of the database."""

from tests.benchmarks.plain_shop import encode

__all__ = ["entity_text", "event_text", "record_text", "request_text", "timer_text"]


def event_text(event):
    """An event as it is stored."""
    match event:
        case ("SpendAdded", _, customer, order, amount, at):
            fields = {"customer": customer, "order": order, "amount": [amount, "CNY"]}
        case ("OrderRecorded", _, _, order, at):
            fields = {"order": order_fields(order)}
        case ("TierReached", _, customer, tier, threshold, spent, order, at):
            fields = {
                "customer": customer,
                "tier": tier,
                "threshold": [threshold, "CNY"],
                "spent": [spent, "CNY"],
                "order": order,
            }
        case ("GiftGranted", _, customer, gift, tier, value, at):
            fields = {"customer": customer, "gift": gift, "tier": tier, "value": [value, "CNY"]}
        case ("CustomerAdded", _, customer, source, at):
            fields = {"customer": customer, "source": source}
        case ("FriendAdded", _, relation, customer, employee, carrier, source, stage, at):
            fields = {
                "relation": relation,
                "customer": customer,
                "employee": employee,
                "carrier": carrier,
                "source": source,
                "placed": [{"lifecycle": "customer", "stage": stage}],
            }
        case ("RelationBegun", _, customer, relation, at):
            fields = {"customer": customer, "relation": relation}
        case ("MemberJoined", _, customer, currency, at):
            fields = {"customer": customer, "currency": currency}
    return encode({"kind": event[0], "v": 1, "at": at, **fields})


def order_fields(order):
    id, customer, minor, currency, at = order
    return {"id": id, "customer": customer, "paid": [minor, currency], "paid_at": at}


def entity_text(kind, id, entity):
    """An entity as it is stored; what it has not is left out."""
    match kind:
        case "member":
            return member_text(id, entity)
        case "order":
            version, order = entity
            name, fields = "OrderRecord", {"order": order_fields(order)}
        case "customer":
            version, known_since, source, relation = entity
            name, fields = "Customer", {"known_since": known_since, "source": source}
            fields["relations"] = [relation]
        case "relation":
            version, customer, employee, carrier, source, since, stage = entity
            name = "Relation"
            fields = {
                "customer": customer,
                "employee": employee,
                "carrier": carrier,
                "source": source,
                "since": since,
                "standings": [{"lifecycle": "customer", "stage": stage, "since": since}],
            }
    return encode({"kind": name, "v": 1, "id": id, "version": version, **fields})


def member_text(id, member):
    version, joined_at, spent, paid, orders, last, tier, reached, gifts = member
    fields = {"kind": "Member", "v": 1, "id": id, "version": version, "joined_at": joined_at}
    if spent:
        fields["spent"] = [spent, "CNY"]
    if paid:
        fields["paid"] = [paid, "CNY"]
    if orders:
        fields["orders"] = orders
        fields["last_order_at"] = last
    if tier is not None:
        fields["tier"] = tier
    if reached:
        fields["reached"] = [
            {"tier": name, "threshold": [threshold, "CNY"], "order": order, "at": at}
            for name, threshold, order, at in reached
        ]
    if gifts:
        fields["gifts"] = [
            {"id": gift, "value": [value, "CNY"], "at": at} for gift, value, at in gifts
        ]
    return encode(fields)


def index_keys(kind, entity):
    """Under which names and values an entity can be found."""
    match kind:
        case "member":
            return () if entity[6] is None else (("tier", entity[6]),)
        case "order":
            return (("customer", entity[1][1]),)
        case "relation":
            return (
                ("customer", entity[1]),
                ("employee", entity[2]),
                ("stage", f"customer:{entity[6]}"),
            )
    return ()


def request_text(request):
    """A request as it is stored."""
    match request:
        case ("ShipGift", key, customer, gift, items, value, order):
            fields = {"gift": gift, "items": items, "value": [value, "CNY"], "order": order}
        case ("SendMessage", key, customer, relation, employee, carrier, text, variables, until):
            fields = {
                "relation": relation,
                "employee": employee,
                "carrier": carrier,
                "text": text,
                "variables": [{"name": name, "value": value} for name, value in variables],
                "not_after": until,
            }
    return encode({"kind": request[0], "v": 1, "key": key, "customer": customer, **fields})


def timer_text(timer):
    """A timer as it is stored."""
    return encode(timer_fields(timer))


def timer_fields(timer):
    name, relation, customer, stage, version, due = timer
    plain = {"kind": name, "v": 1, "relation": relation, "customer": customer}
    plain |= {"lifecycle": "customer", "stage": stage}
    return {**plain, "version": version, "due": due}


def timer_key(timer):
    return f"follow-up:{timer[1].replace('%', '%25').replace(':', '%3A')}:customer"


def record_text(decision):
    """A decision as it is stored: what it was based on, and where its events and requests are."""
    versions = {(kind, id): version for kind, id, version in decision.before}
    events = []
    for _, kind, id, *_ in decision.events:
        versions[kind, id] += 1
        events.append((kind, id, versions[kind, id]))
    fields = {"v": 1, "before": sorted(decision.before)}
    if events:
        fields["events"] = events
    if decision.requests:
        fields["requests"] = [request[1] for request in decision.requests]
    if decision.timers:
        fields["timers"] = [timer_fields(timer) for timer in decision.timers]
    return encode(fields)
