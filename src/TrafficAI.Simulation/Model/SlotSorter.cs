namespace TrafficAI.Simulation.Model;

/// <summary>Puts the vehicles into the order of the lanes in memory, so that neighbours on the street are neighbours there too. Nothing
/// else changes by it.</summary>
internal sealed class SlotSorter(StreetState street)
{
    private readonly Car[] cars = new Car[street.Cars.Length];
    private readonly Changing[] changings = new Changing[street.Cars.Length];
    private readonly Advices[] advices = new Advices[street.Cars.Length];
    private readonly int[] moved = new int[street.Cars.Length];

    public void Sort()
    {
        var count = 0;
        for (var lane = 0; lane < street.LaneCount.Length; lane++)
        {
            var slots = street.SlotsOn(lane);
            for (var i = 0; i < slots.Length; i++)
            {
                var slot = slots[i];
                (cars[count], changings[count], advices[count], moved[slot]) = (street.Cars[slot], street.Changings[slot], street.Advices[slot], count);
                street.Accounts[cars[count].Vehicle].Slot = count;
                slots[i] = count++;
            }
        }

        cars.AsSpan(0, count).CopyTo(street.Cars);
        changings.AsSpan(0, count).CopyTo(street.Changings);
        advices.AsSpan(0, count).CopyTo(street.Advices);
        for (var lane = 0; lane < street.LaneCount.Length; lane++)
        {
            if (street.Lapping[lane] >= 0) street.Lapping[lane] = moved[street.Lapping[lane]];
            if (street.First[lane] >= 0) street.First[lane] = moved[street.First[lane]];
            if (street.Last[lane] >= 0) street.Last[lane] = moved[street.Last[lane]];
        }

        street.FreeFrom(count);
    }
}
