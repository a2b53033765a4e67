#!/usr/bin/env python3
"""Makes street networks with netgenerate, each with a demand of 70, 100 and 120 % of what its own fixed programmes carry.

    scripts/generated_networks.py OUT [COUNT]

Writes OUT/NAME/{70,100,120}.sumocfg for COUNT networks (30) of 10 to 40 lights: grids and random nets, one or two lanes, turn
lanes, joined junctions, U-turns, permissive lefts, links of 60 to 200 m. The same on every machine with SUMO 1.15. "Carried" is the largest
share of a demand of random trips over 1,200 s of which 97 % arrive within 1,800 s under the programmes that netgenerate makes.
"""
import os, random, subprocess, sys, xml.etree.ElementTree as xml

SUMO_HOME = os.environ.get("SUMO_HOME", "/usr/share/sumo")
DEPARTURES, END = 1200, 1800
CONFIG = """<configuration>
    <input><net-file value="net.xml"/><route-files value="{name}.rou.xml"/></input>
    <time><begin value="0"/><end value="%d"/></time>
</configuration>
""" % END


def options(i):
    """The i-th network's options; every feature turns up with every other one sooner or later."""
    rng = random.Random(i)
    lanes = rng.choice([1, 2, 2])
    length = rng.choice([60, 80, 100, 150, 200])
    common = ["-j", "traffic_light", "--default.lanenumber", str(lanes), "--seed", str(i), "--no-turnarounds", rng.choice(["true", "false"]),
              "--tls.layout", rng.choice(["opposites", "opposites", "incoming"]), "--tls.default-type", "static"]
    if length >= 100 and rng.random() < 0.5:
        common += ["--turn-lanes", "1", "--turn-lanes.length", str(rng.choice([20, 40, 60]))]
    if rng.random() < 0.3:
        common += ["--tls.left-green.time", "0"]
    if i % 3 == 2:
        return ["--rand", "--rand.iterations", str(rng.choice([20, 35, 50])), "--rand.min-distance", str(length), "--rand.max-distance", str(length + 120)] + common
    if i % 6 == 4:
        common += ["--junctions.join", "--junctions.join-dist", "30"]
    x, y = rng.choice([(3, 4), (4, 4), (3, 6), (5, 5), (6, 6), (2, 6)])
    return ["--grid", "--grid.x-number", str(x), "--grid.y-number", str(y), "--grid.length", str(length), "--grid.attach-length", "150"] + common


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "SUMO_HOME": SUMO_HOME})


def write(folder, name, vehicles, share, rank):
    kept = [v for v, r in zip(vehicles, rank) if r < share]
    root = xml.Element("routes")
    root.extend(kept)
    xml.ElementTree(root).write(f"{folder}/{name}.rou.xml")
    with open(f"{folder}/{name}.sumocfg", "w") as f:
        f.write(CONFIG.format(name=name))
    return len(kept)


def carried(folder, vehicles, rank):
    """The largest share of the demand that the programmes carry, in 64ths."""
    low, high = 0, 64
    while high - low > 1:
        middle = (low + high) // 2
        number = write(folder, "try", vehicles, middle / 64, rank)
        run("sumo", "-c", f"{folder}/try.sumocfg", "--no-step-log", "--no-warnings", "--time-to-teleport", "-1", "--tripinfo-output", f"{folder}/try.trips.xml")
        arrived = sum(1 for _ in xml.parse(f"{folder}/try.trips.xml").getroot())
        low, high = (middle, high) if arrived >= 0.97 * number else (low, middle)
    for left in ("try.sumocfg", "try.rou.xml", "try.trips.xml"):
        os.remove(f"{folder}/{left}")
    return low / 64


def make(out, i):
    folder = f"{out}/{i:02}"
    os.makedirs(folder, exist_ok=True)
    run("netgenerate", *options(i), "-o", f"{folder}/net.xml")
    lights = len(xml.parse(f"{folder}/net.xml").getroot().findall("tlLogic"))
    run(sys.executable, f"{SUMO_HOME}/tools/randomTrips.py", "-n", f"{folder}/net.xml", "-o", f"{folder}/all.trips.xml", "-r", f"{folder}/all.rou.xml", "-b", "0",
        "-e", str(DEPARTURES), "-p", "0.25", "--fringe-factor", "10", "--seed", str(i), "--validate")
    vehicles = xml.parse(f"{folder}/all.rou.xml").getroot().findall("vehicle")
    rng = random.Random(i)
    rank = [rng.random() for _ in vehicles]
    share = carried(folder, vehicles, rank)
    numbers = [write(folder, str(percent), vehicles, share * percent / 100, rank) for percent in (70, 100, 120)]
    for left in ("all.trips.xml", "all.rou.xml", "all.rou.alt.xml"):
        if os.path.exists(f"{folder}/{left}"):
            os.remove(f"{folder}/{left}")
    print(f"{i:02}: {lights} lights, {numbers} vehicles; netgenerate {' '.join(options(i))}", flush=True)


if __name__ == "__main__":
    out = sys.argv[1]
    for i in range(int(sys.argv[2]) if len(sys.argv) > 2 else 30):
        make(out, i)
