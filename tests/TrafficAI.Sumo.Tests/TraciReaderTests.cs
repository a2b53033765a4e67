using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TrafficAI.Fuzz;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo.Tests;

/// <summary>Whatever bytes come over the wire: a value or an EngineException, soon, and without memory on the word of a length.</summary>
public sealed class TraciReaderTests
{
    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void Random_and_damaged_answers_end_in_a_value_or_an_engine_exception(Sensing sensing)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var network = street.Network;
        var answer = TraciAnswer.OfStep(network.Junctions[network.Intersections[0].Junctions[0]].Id.Value, network.Lanes[network.Intersections[0].StopLanes[0].Lane].Id.Value, sensing);
        var reader = new AnswerReader(new SumoSensors(network, sensing));
        reader.ReadStep(TraciAnswer.StepCommands, answer, 1);
        var chance = new Random(11);
        var (good, bad) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20_000; round++)
        {
            if (TryRead(reader, Damage(answer, chance)))
                good++;
            else
                bad++;
        }
        Assert.True(good > 100 && bad > 5000, $"{good} good, {bad} bad");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000L * 50_000);
    }

    private static bool TryRead(AnswerReader reader, byte[] bytes)
    {
        try
        {
            reader.ReadStep(TraciAnswer.StepCommands, bytes, 1);
            return true;
        }
        catch (EngineException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }

    private static byte[] Damage(byte[] answer, Random chance) => chance.Next(4) switch
    {
        0 => Mutation.Noise(200, chance),
        1 => Mutation.Length(answer, chance),
        _ => Mutation.Bytes(answer, chance),
    };

    [Fact]
    public void The_reason_of_a_refusal_is_passed_on()
    {
        var bytes = new TraciAnswer().Status(TraciCode.SetTrafficLight, 0xFF, "no such light\n'x'").ToArray();
        var error = Assert.Throws<EngineException>(() => new TraciReader(bytes).Status(TraciCode.SetTrafficLight));
        Assert.Contains("no such light 'x'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_peer_that_announces_nonsense_or_hangs_up_is_an_input_error(int announced)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Task.Run(() =>
        {
            using var peer = listener.AcceptSocket();
            peer.Receive(new byte[100]);
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(bytes, announced);
            peer.Send(bytes);
        }, TestContext.Current.CancellationToken);
        using var connection = TraciConnection.Open(((IPEndPoint)listener.LocalEndpoint).Port, () => false, TimeSpan.FromSeconds(5));
        var message = new TraciWriter();
        message.GetVersion();
        Assert.Throws<IOException>(() => { connection.Exchange(message); });
        await server.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Nobody_listening_is_an_input_error_as_soon_as_the_process_has_gone() =>
        Assert.Throws<IOException>(() => TraciConnection.Open(1, () => true, TimeSpan.FromMinutes(5)));
}
