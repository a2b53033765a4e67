using System.CommandLine;
using System.Text;
using TrafficAI.Cli.Plans;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai plan</c>: plans of fixed times and settings of actuation from the counts of recorded runs.</summary>
public static class PlanCommand
{
    public static Command Create()
    {
        var logs = new Argument<string[]>("LOG") { Description = "Recorded runs of one scenario, full sensing or loops: sqlite:PATH, or just PATH. Their counts are added.", Arity = ArgumentArity.OneOrMore };
        var controlClass = new Option<string?>("--class") { Description = "Constraints to compute for: site, R+ or S. Default: those of the first log." };
        controlClass.AcceptOnlyFromAmong("site", "R+", "S");
        var turnsMayYield = new Option<bool>("--turns-may-yield")
        {
            Description = "Phases may be left out that only protect turns, where these have green in another one and yield there. Default: what the programme protects stays protected.",
        };
        var target = new Option<string?>("--out") { Description = "Where to write the plans, for --plans of simulate and compare (docs/plans.md); - for standard output." };
        var programs = new Option<string?>("--programs")
        {
            Description = "Where to write the fixed plans as an additional file of SUMO, for --programs of simulate and compare.",
        };
        var at = new Option<string?>("--at") { Description = "With --programs: the plans in force at that second (or HH:MM:SS) of the day. Default: the first." };
        var command = new Command(
            "plan",
            """
            Compute plans from recorded counts: Webster's cycle and splits, TUC's gains, and the settings of vehicle actuation, by the time of day.

              trafficai plan run-1.db run-2.db run-3.db --out plans.json
              trafficai compare simulations/four-arm --strategies fixed,webster,tuc,actuated-tuned --plans plans.json

            Count on other seeds than those that you judge the plans on.
            """) { logs, controlClass, turnsMayYield, target, programs, at };
        command.SetAction(async (parsed, stop) =>
        {
            foreach (var option in new[] { target, programs }) OutputFile.Check(option.Name, parsed.GetValue(option));
            if (parsed.GetValue(programs) == "-") throw new InputException("--programs -: programmes go into a file. Name one.");
            var moment = StreetTime.Parse("--at", parsed.GetValue(at));
            var counted = await CountedSite.ReadAsync([.. parsed.GetValue(logs)!], parsed.GetValue(controlClass) is { } name ? ScenarioOptions.ClassOf(name) : null, stop);
            var plans = counted.Compute(parsed.GetValue(turnsMayYield));
            var toOutput = parsed.GetValue(target) == "-";
            if (parsed.GetValue(target) is { } file && !toOutput) await File.WriteAllBytesAsync(file, counted.File(plans), stop);
            if (parsed.GetValue(programs) is { } additional) await File.WriteAllTextAsync(additional, counted.Programs(plans, moment), stop);
            await Console.Out.WriteAsync(toOutput ? Encoding.UTF8.GetString(counted.File(plans)) : PlanText.Of(counted, plans));
            return CommandLine.Done;
        });
        return command;
    }
}
