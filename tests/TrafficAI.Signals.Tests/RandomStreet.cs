using System.Globalization;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary>Intersections with random ways, foes and programmes.</summary>
internal static class RandomStreet
{
    /// <summary>A programme as an engineer or netconvert writes it: phases, amber, all red, crossings that clear first.</summary>
    public static (RoadNetwork Network, Intersection Intersection) Sensible(int seed, bool fractions = false)
    {
        var chance = new Chance(seed);
        var (links, foes) = Ways(chance);
        var phases = Enumerable.Range(0, chance.Between(1, 5)).Select(_ => Greens(chance, links, foes)).ToArray();
        var states = new List<string>();
        for (var k = 0; k < phases.Length; k++)
        {
            var (now, next) = (phases[k], phases[(k + 1) % phases.Length]);
            Add(chance.Between(1, 40), now);
            var letters = now.ToArray();
            if (chance.OneIn(2) && Change(letters, link => links[link].Crossing && !IsGreen(next[link]), 'r')) Add(chance.Between(3, 12), letters);
            var ends = Change(letters, link => IsGreen(letters[link]) && !IsGreen(next[link]) && !links[link].Crossing, 'y');
            Change(letters, link => IsGreen(letters[link]) && !IsGreen(next[link]), 'r');
            if (ends) Add(chance.Between(2, 5), letters);
            if (ends && Change(letters, link => letters[link] == 'y', 'r') && chance.OneIn(2)) Add(chance.Between(1, 4), letters);
            if (chance.OneIn(4)
                && Change(letters, link => !links[link].Crossing && letters[link] == 'r' && IsGreen(next[link]), 'u')) Add(1, letters);
        }

        return TestStreet.Make(links, foes, string.Join(';', states), chance.Between(-100, 100));

        void Add(int seconds, char[] letters) =>
            states.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds + (fractions ? chance.Below(10) / 10.0 : 0)} {new string(letters)}"));
    }

    /// <summary>Any letters in any order: nothing that an engineer would write, but a file may hold it.</summary>
    public static (RoadNetwork Network, Intersection Intersection) Nonsense(int seed)
    {
        var chance = new Chance(seed);
        var (links, foes) = Ways(chance);
        var alphabet = chance.OneIn(2) ? "GgyYrsuoO" : "GGgrrry";
        var states = Enumerable.Range(0, chance.Between(1, 7)).Select(_ => string.Create(CultureInfo.InvariantCulture,
            $"{chance.Between(1, 12)} {new string(links.Select(_ => alphabet[chance.Below(alphabet.Length)]).ToArray())}"));
        return TestStreet.Make(links, foes, string.Join(';', states), chance.Between(-20, 20));
    }

    private static (TestLink[] Links, List<(int, int)> Foes) Ways(Chance chance)
    {
        var links = Enumerable.Range(0, chance.Between(2, 8)).Select(i => chance.OneIn(4)
            ? new TestLink($"corner{i}", chance.Between(4, 30), Crossing: true)
            : new TestLink($"arm{chance.Below(4)}", chance.Between(1, 40), Direction:
                (TurnDirection)chance.Below(6), Used: !chance.OneIn(12))).ToArray();
        var foes = new List<(int, int)>();
        for (var a = 0; a < links.Length; a++)
            for (var b = a + 1; b < links.Length; b++)
                if (!(links[a].Crossing && links[b].Crossing) && chance.OneIn(2)) foes.Add((a, b));
        return (links, foes);
    }

    private static char[] Greens(Chance chance, TestLink[] links, List<(int, int)> foes)
    {
        var letters = new char[links.Length];
        Array.Fill(letters, 'r');
        for (var tries = 0; tries < 2 * links.Length; tries++)
        {
            var link = chance.Below(links.Length);
            var meets = Enumerable.Range(0, links.Length).Any(o => IsGreen(letters[o]) && (foes.Contains((o, link)) || foes.Contains((link, o))));
            if (!meets) letters[link] = 'G';
            else if (chance.OneIn(6) && !links[link].Crossing && letters[link] == 'r') letters[link] = 'g';
        }

        for (var link = 0; link < links.Length; link++)
            if (letters[link] == 'r' && chance.OneIn(6)) letters[link] = 's';
        return letters;
    }

    private static bool Change(char[] letters, Func<int, bool> which, char to)
    {
        var changed = false;
        for (var link = 0; link < letters.Length; link++)
        {
            if (!which(link)) continue;
            changed |= letters[link] != to;
            letters[link] = to;
        }

        return changed;
    }

    private static bool IsGreen(char letter) => letter is 'G' or 'g';
}
