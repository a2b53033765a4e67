using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What a programme itself shows of its groups, second by second around the cycle.</summary>
internal sealed class Observation
{
    private readonly ProgramReading program;
    private readonly Lamp[][] lamps;

    public Observation(ProgramReading program, ImmutableArray<GroupLinks> groups)
    {
        this.program = program;
        lamps = new Lamp[groups.Length][];
        for (var group = 0; group < groups.Length; group++)
        {
            lamps[group] = new Lamp[program.CycleSeconds];
            for (var state = 0; state < program.Letters.Length; state++)
                Array.Fill(lamps[group], program.Lamps[state][groups[group].Links[0]], program.Starts[state], program.Seconds[state]);
        }
    }

    public int CycleSeconds => program.CycleSeconds;

    /// <summary>What a group shows at a second of the cycle; any second, also before 0.</summary>
    public Lamp At(int group, int second)
    {
        var cycle = program.CycleSeconds;
        return lamps[group][(second % cycle + cycle) % cycle];
    }

    /// <summary>Both are green in some second.</summary>
    public bool AreGreenTogether(int groupA, int groupB) =>
        Enumerable.Range(0, program.CycleSeconds).Any(second => At(groupA, second).IsGreen() && At(groupB, second).IsGreen());

    /// <summary>The shortest green without a break; the cycle where it never ends, or never is.</summary>
    public int ShortestGreen(int group) => Ends(group).Select(end => RunBefore(group, end)).DefaultIfEmpty(program.CycleSeconds).Min();

    /// <summary>The shortest amber after a green, 0 where the programme turns from green to red; 3 where no green ends.</summary>
    public int AmberSeconds(int group)
    {
        var ambers = new List<int>();
        foreach (var end in Ends(group))
        {
            if (At(group, end) is Lamp.Dark or Lamp.FlashingAmber) continue;
            var length = 0;
            while (At(group, end + length) == Lamp.Amber) length++;
            ambers.Add(length);
        }

        return ambers.Count == 0 ? ClassRules.AmberSeconds : ambers.Min();
    }

    /// <summary>The shortest time from the end of a green to the red after it, without another green between; at most the group's amber.</summary>
    public int RedAfterSeconds(int group)
    {
        var least = AmberSeconds(group);
        foreach (var end in Ends(group))
        {
            var length = 0;
            while (length < least && At(group, end + length) != Lamp.Red && !At(group, end + length).IsGreen()) length++;
            if (At(group, end + length) == Lamp.Red) least = length;
        }

        return least;
    }

    /// <summary>The longest time in a passage after its last amber.</summary>
    public int AllRedSeconds()
    {
        var longest = 0;
        for (var phase = 0; phase < program.PhaseStates.Length; phase++)
        {
            var red = -1;
            foreach (var state in program.Passage(phase))
            {
                if (program.Lamps[state].Contains(Lamp.Amber)) red = 0;
                else if (red >= 0) red += program.Seconds[state];
            }

            longest = Math.Max(longest, red);
        }

        return longest;
    }

    /// <summary>How long a group has shown what it shows just before a second; at most a cycle.</summary>
    public int RunBefore(int group, int second)
    {
        var length = 1;
        while (length < program.CycleSeconds && At(group, second - 1 - length) == At(group, second - 1)) length++;
        return length;
    }

    /// <summary>The seconds at which a green has just ended.</summary>
    private IEnumerable<int> Ends(int group) =>
        Enumerable.Range(0, program.CycleSeconds).Where(second => At(group, second - 1).IsGreen() && !At(group, second).IsGreen());
}
