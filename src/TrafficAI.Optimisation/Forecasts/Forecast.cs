using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>What an intersection tells a neighbour about the vehicles that it sends there.</summary>
/// <param name="From">Index of the sender in the network.</param>
/// <param name="Second">Street second of the input that it was made on.</param>
/// <param name="Links">One for each link between the two, by its exit lane.</param>
/// <param name="Load">Load of the region as seen from the sender, 0 to 100 percent (see <see cref="Metering.RegionLoad"/>); null where nothing is metered.</param>
public sealed record Forecast(
    int From, long Second, ImmutableArray<LinkForecast> Links, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Load = null);

/// <summary>What is told of one link.</summary>
/// <param name="Entered">Vehicles counted on to the link so far, modulo <see cref="Modulus"/>: a lost message loses the moment of a vehicle,
/// but no vehicle.</param>
/// <param name="Expected">Vehicles expected to be counted in each second from the forecast's on, in hundredths; it ends with the last second in which
/// anybody is expected.</param>
public sealed record LinkForecast(int Entered, ImmutableArray<int> Expected)
{
    /// <summary>Expectations reach no farther, in seconds.</summary>
    public const int MostExpected = ExpectedOutflow.HorizonSeconds;

    /// <summary>One vehicle in <see cref="Expected"/>.</summary>
    public const int Vehicle = 100;


    /// <summary>Counts begin anew after so many; more than can enter between two messages.</summary>
    public const int Modulus = 128;

    /// <summary>Nobody is expected.</summary>
    public LinkForecast(int entered)
        : this(entered, [])
    {
    }
}
