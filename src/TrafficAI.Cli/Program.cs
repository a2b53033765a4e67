using System.CommandLine;
using TrafficAI.Cli;
using TrafficAI.Cli.Commands;

var root = new RootCommand(
    """
    TrafficAI: adaptive traffic signals, every decision recorded, explained and replayable bit for bit.

    Look at it first; then start with a SUMO scenario (a folder of simulations/, or any .sumocfg):

      trafficai demo                                           adaptive beside fixed on the built-in street: nothing to install
      trafficai simulate simulations/four-arm --log run.db     run the adaptive optimiser, record everything
      trafficai replay run.db --verify                         decide again on the recorded inputs: identical?
      trafficai replay run.db --at 00:20:00                    what did the street show then, and why?
      trafficai replay run.db --what-if fixed                  the same vehicles under another strategy
      trafficai dashboard run.db                               the same in a browser: map, intersections, decisions
      trafficai explain run.db --at 00:20:00 --language ru     the same in plain words: English, Russian or Kazakh
      trafficai check run.db                                   is it as it was written?
      trafficai kpi run.db                                     the published figures, computed again
      trafficai study fixed.db --against adaptive.db           before and after: what stands out?
      trafficai log show run.db                                look into it
      trafficai compare simulations/four-arm --strategies fixed,adaptive --seeds 1-3
      trafficai coordinate simulations/corridor --html wave.html   green waves for fixed plans
      trafficai plan run.db --out plans.json                   plans of fixed times and actuation from its counts
      trafficai import osm roads.geojson --signals junctions.csv --out city   a network with lights of open data
      trafficai design simulations/almaty-abay --out sheets.html              timing sheets to print and to sign

    Exit status: 0 done, 1 the check failed, 2 the input was bad (one line: where, what, what next).
    """)
{
    DemoCommand.Create(),
    SimulateCommand.Create(),
    CompareCommand.Create(),
    CoordinateCommand.Create(),
    PlanCommand.Create(),
    ImportCommand.Create(),
    DesignCommand.Create(),
    ReplayCommand.Create(),
    DashboardCommand.Create(),
    AccountsCommand.Create(),
    ExplainCommand.Create(),
    KpiCommand.Create(),
    StudyCommand.Create(),
    CheckCommand.Create(),
    LogCommand.Create(),
    ControllersCommand.Create(),
    ServeCommand.Create(),
    ConformanceCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
