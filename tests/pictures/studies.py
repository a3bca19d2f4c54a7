"""Studies that are hard to draw: one strategy and twelve, names of all kinds and lengths, nothing and a billion."""
import os

LONG = "A strategy whose name goes on and on, as if nobody had ever to print it anywhere"
NAMES = {
    "plain": [f"Strategy {i + 1}" for i in range(12)],
    "long": [f"{i + 1}. {LONG}" for i in range(12)],
    "wide": [f"W{'WM' * 9}{i}" for i in range(12)],
    "hebrew-arabic": ["שרתים לפי דרישה", "خوادم عند الطلب", "قاعدة محجوزة", "ענן פרטי"],
    "chinese-japanese-korean": ["按需服务器", "予約サーバーと従量課金の組み合わせで運用", "예약 서버", "自有机房与云端混合部署的长期采购方案示例"],
    "accents-and-greek": ["Größe für später", "Εξυπηρετητές κατά παραγγελία", "Сервера по требованию", "Ñandú y más"],
    "marks": ["a_b^{c}", "it's `touch pwned`", "\\{x} & <y> @z ~w", "100% #1 \"so\""],
}
PRICES = """offer,kind,provider,term,increment,discounts,component,charged,per,price,currency,follows,effective_from,source
od,on-demand,cloud,,1 h,,hourly,running,server-hour,{od},USD,,2022-01-01,made up
heavy,reserved,cloud,1 yr,,od,hourly,held,server-hour,{held},USD,,2022-01-01,made up
host,hosting,house,1 mo,,,fee,held,server-month,{fee},USD,,2022-01-01,made up
own,colocation,own,,,,server,term,server,{server},USD,,2022-01-01,made up
"""
USUAL = {"od": "0.10", "held": "0.05", "fee": "40", "server": "2400"}
STUDY = """study: {{title: Pictures, start: 2023-01-01, months: {months}, decide_from: 2022-12-01, currency: USD}}
prices: [{prices}]
workloads:
  - {{name: web, trace: {trace}, column: servers, measures: servers, repeat: weekly,
     {futures}bursts: [{{name: "{burst}", at: 2023-01-20, add: {add} servers, ramp: 2 h, hold: 2 d}}]}}
offers:
  own: {{useful_life: 48 mo}}
strategies:
"""
FUTURES = "unmet_cost: 3 /server-hour, futures: {{count: {}, daily: 20%, trend: 60% /yr}}, "
LAYERS = ("[{offer: od}]", "[{offer: host, size: peak}]", "[{offer: own, size: peak}]", "[{offer: heavy, size: p50}, {offer: od}]")


PLANS, OFFERS = ("expectation", "known", "mean", "median"), ("od, heavy, host", "host", "heavy, od", "od")


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(folder, name, names, scale=1, months=12, prices=None, burst="sale", optimal=(),
          futures=0):
    """Path of a study whose need goes from scale to 24 x scale."""
    path = os.path.join(folder, name)
    with open(path + ".csv", "w", encoding="utf-8") as file:
        file.write("time,servers\n")
        file.writelines(f"2023-01-{2 + h // 24:02}T{h % 24:02}:00:00Z,{scale * (1 + h % 24)}\n" for h in range(168))
    with open(path + "-prices.csv", "w", encoding="utf-8") as file:
        file.write(PRICES.format(**(USUAL | (prices or {}))))
    with open(path + ".yml", "w", encoding="utf-8") as file:
        file.write(STUDY.format(months=months, prices=name + "-prices.csv", trace=name + ".csv", burst=burst,
                                futures=FUTURES.format(futures) if futures > 0 else "", add=max(1, 50 * scale)))
        for i, plan in enumerate(optimal):
            made_for = f", for: {PLANS[i % len(PLANS)]}" if futures > 0 else ""
            file.write(f"  - {{name: {quoted(plan)}, optimal: {{from: [{OFFERS[i % len(OFFERS)]}]{made_for}}}}}\n")
        file.writelines(f"  - {{name: {quoted(text)}, layers: {LAYERS[i % len(LAYERS)]}}}\n" for i, text in enumerate(names))
    return path + ".yml"


def write_all(folder):
    """(name, path of the study) of each."""
    free = dict.fromkeys(USUAL, "free")
    tiny = {"od": "0.000001", "held": "0.000001", "fee": "0.0001", "server": "0.001"}
    made = [("names-" + kind, names, {}) for kind, names in NAMES.items()]
    made += [("one", ["The only one"], {}), ("one-long", [LONG], {"months": 1}),
             ("twelve-in-a-month", NAMES["plain"], {"months": 1}), ("nine-in-a-month", NAMES["long"][:9], {"months": 1}),
             ("two-years-of-nothing", ["Free", "Free too", "Free of charge"], {"prices": free, "months": 24, "scale": 0}),
             ("a-billion-spent", NAMES["plain"][:4], {"prices": {"od": "9000", "held": "9000", "server": "900000"}, "scale": 3}),
             ("a-billion-servers", NAMES["long"][:5], {"prices": tiny, "scale": 20000000}),
             ("optimum", NAMES["plain"][:2], {"optimal": [LONG], "months": 24, "prices": {"held": "0.03"}}),
             ("optimum-of-marks", NAMES["marks"][:1], {"optimal": NAMES["marks"][2:3], "months": 1, "prices": {"fee": "20"}}),
             ("twelve-optima", [], {"optimal": NAMES["long"], "prices": {"held": "0.03"}}),
             ("fourteen-optima", [], {"optimal": NAMES["wide"] + ["One", "Another"], "months": 2}),
             ("futures", NAMES["plain"][:2], {"optimal": [LONG], "months": 3, "futures": 5}),
             ("futures-of-twelve-plans", [], {"optimal": NAMES["long"], "months": 13, "futures": 9, "prices": {"held": "0.03"}}),
             ("futures-of-fourteen-plans", [], {"optimal": NAMES["wide"] + ["One", "Another"], "months": 2, "futures": 7}),
             ("futures-of-marks", [], {"optimal": NAMES["marks"] + NAMES["hebrew-arabic"], "months": 3, "futures": 2}),
             ("long-burst-name", NAMES["plain"][:3], {"burst": LONG, "months": 48})]
    return [(name, write(folder, name, names, **more)) for name, names, more in made]
