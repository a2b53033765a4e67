namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>What becomes of the all red of passages under plans that ask for more of it, one way after the other.</summary>
internal sealed class AllRedBehaviour
{
    private const int Long = 3600;
    private const int PhaseSeconds = 20;
    private const ulong Epoch = 3;

    private readonly BehaviourScript script;
    private ulong sequence;

    private AllRedBehaviour(BehaviourScript script) => this.script = script;

    /// <summary>That of the golden vectors, but nothing is all red from F2 to F1, and with start and closings as the virtual controller has them. From F1 to F2 the seventh second of
    /// eight is all red.</summary>
    public static Wire.Configuration Configuration() => ConfigurationWriter.Write(
        ConfigurationReader.Read(Examples.Configuration().With(c =>
        {
            c.AllRedExtension = 4;
            c.Passages[2] = Examples.Sequence((3, "RAR"), (2, "uRR"));
        })),
        []);

    /// <summary>Lines of the script. From F1 to F2 it takes 12, 10, 11, 10, 9 and 8 s, back 5 s each time.</summary>
    public static string Of(Wire.Configuration configuration)
    {
        var script = new BehaviourScript(ConfigurationReader.Read(configuration), ConfigurationWriter.Checksum(configuration));
        var run = new AllRedBehaviour(script);
        run.Wait(40);
        run.Pass(() => run.Plan(2, Long, until: Long));
        run.Pass(() => run.Plan(2, Long, until: 9));
        run.Pass(() => run.Plan(2, lease: 10, until: 60));
        run.Pass(run.AskUntilTheNextPlan);
        run.Pass(run.AskLate);
        run.Pass(() => run.Plan(2, Long, until: 0));
        return script.ToString();
    }

    /// <summary>From F1 to F2 as it is said, and back under a plan that asks.</summary>
    private void Pass(Action toSecond)
    {
        Plan(1, Long, until: Long);
        Wait(PhaseSeconds);
        toSecond();
        Wait(PhaseSeconds);
    }

    /// <summary>A newer plan does not ask any more.</summary>
    private void AskUntilTheNextPlan()
    {
        Plan(2, Long, until: Long);
        Wait(9);
        Plan(2, Long, until: 0);
    }

    /// <summary>Only the plan of the last second of all red asks; its base frame is two seconds old.</summary>
    private void AskLate()
    {
        Plan(2, Long, until: 0);
        Wait(7);
        Plan(2, Long, until: 3, age: 2);
    }

    private void Plan(uint phase, uint lease, uint until, uint age = 0) => script.Send(new Wire.Plan
    {
        Head = script.Head(Epoch, ++sequence), BaseSequence = (ulong)script.Controller.Second + 1 - age, BaseLamps = (ulong)script.Controller.State.LampSequence,
        LeaseSeconds = lease, AllRedUntil = until, Entries = { new Wire.PlanEntry { Phase = phase } },
    });

    private void Wait(int seconds)
    {
        for (var second = 0; second < seconds; second++) script.Step();
    }
}
