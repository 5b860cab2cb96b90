"""What the demo company's customers have of it: the pieces of tracked products that were shipped, most with a serial number."""

from app.core.ctx import Ctx
from app.core.numbers import numbers as draw_numbers
from app.demo.company import words
from app.demo.company.calendar import likely, stream
from app.demo.company.customers import Company, Row
from app.demo.company.insert import insert_all
from app.demo.company.orders import Trade
from app.demo.company.products import WARRANTY, is_machine
from app.models.care.assets import Asset, numbers
from app.schemas.care.assets import AssetWrite
from app.services.care import assets
from app.services.care.assets import PREFIX, warranty

READ_OFF = 0.8
"""Share of the pieces whose serial number somebody has read off."""
PLACES = ("一号楼机房", "二号楼机房", "总部会议室", "生产车间", "分公司前台", None, None)


async def fill(ctx: Ctx, seed: int, made: list[Company], trade: Trade, products: list[tuple[int, str]]) -> int:
    """Write an asset for each piece of a tracked product that left; return how many."""
    models = {row_id: model for (row_id, _), (_, model, _, _) in zip(products, words.PRODUCTS, strict=True)}
    luck = stream(seed, "assets")
    managers = {company.row["id"]: company.manager for company in made}
    lines = {line["id"]: line for line in trade.lines}
    customers = {order["id"]: order["customer_id"] for order in trade.orders}
    shipments = {one["id"]: one for one in trade.shipments}
    rows: list[Row] = []
    for brought in trade.shipment_lines:
        line, shipment = lines[brought["line_id"]], shipments[brought["shipment_id"]]
        model = models[line["product_id"]]
        if not is_machine(model):
            continue
        for _ in range(brought["count"]):
            place = len(rows) + 1
            rows.append(
                {
                    "customer_id": customers[shipment["order_id"]],
                    "manager_id": managers[customers[shipment["order_id"]]],
                    "product_id": line["product_id"],
                    "serial_number": f"{model}-{place:06d}" if likely(luck, READ_OFF) else None,
                    "delivered_on": shipment["date"],
                    "warranty_until": warranty(WARRANTY, shipment["date"]),
                    "place": luck.choice(PLACES),
                    "memo": None,
                    "shipment_id": shipment["id"],
                    **{name: shipment[name] for name in ("created_by", "created_at", "updated_at")},
                }
            )
    for row, drawn in zip(rows, await draw_numbers(ctx, PREFIX, numbers, len(rows)), strict=True):
        row["number"] = f"{PREFIX}{row['delivered_on']:%Y%m%d}{drawn[-7:]}"
    await insert_all(ctx, Asset, rows)
    return len(rows)


async def write_twice(ctx: Ctx, company: Company, products: list[tuple[int, str]]) -> None:
    """Write down a piece that was there already, and delete it again: the recycle bin has one of each kind."""
    machine = next(
        row_id for (row_id, _), (_, model, _, _) in zip(products, words.PRODUCTS, strict=True) if is_machine(model)
    )
    made = await assets.create(ctx, AssetWrite(customer_id=company.row["id"], product_id=machine))
    await assets.delete(ctx, made["id"], made["version"])
