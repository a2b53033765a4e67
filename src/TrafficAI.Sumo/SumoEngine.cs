using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>A street in SUMO: a process of its own, driven over TraCI second by second. When <see cref="Finished"/>, SUMO has ended and
/// its trip file is complete.</summary>
/// <remarks>Asks SUMO only for what a detector could see: never for routes, signals ahead or future demand.</remarks>
public sealed class SumoEngine : IEngine
{
    private const int MostPorts = 5;
    private readonly SumoOptions options;
    private readonly ImmutableArray<Intersection> intersections;
    private readonly string?[] wanted;
    private readonly string?[] shown;
    private readonly SumoSensors sensors;
    private readonly AnswerReader answers;
    private readonly TraciWriter message = new();
    private readonly DirectoryInfo temporary;
    private readonly ImmutableArray<string> routeFiles;
    private SumoProcess? process;
    private TraciConnection? connection;
    private string? failure;

    /// <summary>Starts SUMO and waits until it has loaded the scenario.</summary>
    /// <exception cref="EngineException">SUMO is absent, refuses the scenario, or does not answer.</exception>
    /// <exception cref="ScenarioException">The demand cannot be scaled, or handed to SUMO whole.</exception>
    public SumoEngine(SumoOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.End, options.Begin);
        this.options = options;
        intersections = options.Network.Intersections;
        wanted = new string?[intersections.Length];
        shown = new string?[intersections.Length];
        sensors = new(options.Network, options.Sensing);
        answers = new(sensors);
        Second = options.Begin;
        temporary = Directory.CreateTempSubdirectory("trafficai-sumo-");
        try
        {
            Scenario = options.Scale == 1 ? options.Scenario : DemandScaling.Apply(options.Scenario, options.Scale, options.Seed, ScaledFile());
            routeFiles = PersonFlows.UnderWay(Scenario, options.Begin, temporary.FullName);
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What really runs: the scenario of the options, with the scaled route file where there is one.</summary>
    public ScenarioFile Scenario { get; }

    public long Second { get; private set; }

    public bool Finished => Second >= options.End;

    public (int Running, int Waiting) Vehicles => (answers.Running, answers.Waiting);

    /// <summary>Where the files for SUMO lie while it runs, for tests.</summary>
    internal string TemporaryFolder => temporary.FullName;

    /// <summary>SUMO's process id while it runs, for tests.</summary>
    internal int? ProcessId => process?.Id;

    public DetectorReadings Sense(int intersection) => sensors.Readings(intersection);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not one letter per signal link.</exception>
    public void Show(int intersection, string letters)
    {
        var (id, links) = (intersections[intersection].Id, intersections[intersection].Links.Length);
        if (letters.Length != links)
            throw new ArgumentException($"{id}: {letters.Length} letters for {links} signal links.", nameof(letters));
        wanted[intersection] = letters;
    }

    public void Step()
    {
        if (failure is not null)
            throw new EngineException(failure);
        if (Finished || connection is null)
            throw new InvalidOperationException("The engine has finished.");
        message.Clear();
        WriteLamps();
        message.Step();
        Advance();
        Second++;
        if (Finished)
            Close();
    }

    private void Advance()
    {
        try
        {
            answers.ReadStep(message.Commands, Exchange());
            Look(Second + 1);
        }
        catch (EngineException e)
        {
            failure = e.Message;
            throw;
        }
    }

    /// <summary>Asks for what the sensors see.</summary>
    /// <param name="now">The street second that has ended.</param>
    private void Look(long now)
    {
        message.Clear();
        sensors.Ask(message);
        sensors.Read(message.Commands.Count > 0 ? Exchange() : [], now);
    }

    private void WriteLamps()
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] is not { } letters || string.Equals(letters, shown[i], StringComparison.Ordinal))
                continue;
            message.SetTrafficLight(intersections[i].Id.Value, letters);
            shown[i] = letters;
        }
    }

    private string ScaledFile() =>
        options.TripInfo is { } file ? Path.GetFullPath(file) + ".scaled.rou.xml" : Path.Combine(temporary.FullName, "scaled.rou.xml");

    private void Start()
    {
        var loops = Path.Combine(temporary.FullName, "loops.add.xml");
        LoopFile.Write(loops, options.Network, sensors.Loops);
        for (var port = 1; !TryStart(loops, isLastTry: port == MostPorts); port++)
            EndProcess();
        Subscribe();
    }

    /// <summary>Starts SUMO on a free port and hears its first word; false if another program took the port in between, or if SUMO let the
    /// connection go at once, as it seldom does where many are started at the same time.</summary>
    private bool TryStart(string loops, bool isLastTry)
    {
        using var port = ReservedPort.Take();
        var started = process = SumoProcess.Start(options.Binary, SumoArguments.Build(options, Scenario with { RouteFiles = routeFiles }, loops, port.Number));
        try
        {
            connection = TraciConnection.Open(port.Number, () => started.HasExited, options.Patience);
            message.Clear();
            message.GetVersion();
            AnswerReader.ReadVersion(connection.Exchange(message));
            if (started.HasExited)
                throw new IOException("another program answered");
            return true;
        }
        catch (IOException e)
        {
            var error = Refused(e);
            if (isLastTry || !(WasLetGo(e) || started.Complaint().Contains("listening socket", StringComparison.Ordinal)))
                throw error;
            failure = null;
            return false;
        }
    }

    private bool WasLetGo(IOException cause) =>
        connection is not null && cause.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };

    private void Subscribe()
    {
        message.Clear();
        message.Subscribe(TraciCode.SubscribeSimulation, "", TraciCode.Departed, TraciCode.Arrived, TraciCode.Pending);
        message.Get(TraciCode.GetVehicle, TraciCode.IdList, []);
        answers.ReadStart(Exchange());
        Look(Second);
    }

    private ReadOnlySpan<byte> Exchange()
    {
        try
        {
            return connection!.Exchange(message);
        }
        catch (IOException e)
        {
            throw Lost(e);
        }
    }

    /// <summary>Ends SUMO in good order, so that its trip file is written.</summary>
    private void Close()
    {
        message.Clear();
        message.Close();
        Exchange();
        connection!.Dispose();
        connection = null;
        var code = process!.WaitForExit(options.Patience);
        if (code != 0)
            throw Fail($"SUMO did not end well at second {Second} ({ExitText(code)}){Complaint()}. The trip file may be incomplete: run again.");
        process.Dispose();
        process = null;
    }

    private EngineException Refused(IOException cause)
    {
        var code = process!.WaitForExit(TimeSpan.FromSeconds(2));
        return Fail(code is null
            ? $"SUMO does not answer ({cause.Message}){Complaint()}. Try again, or allow it more time to load."
            : $"SUMO refuses {Scenario.Path} ({ExitText(code)}){Complaint()}. "
                + $"Correct the scenario: sumo -c {Scenario.Path} shows the same error.", cause);
    }

    private EngineException Lost(IOException cause)
    {
        var code = process!.WaitForExit(TimeSpan.FromSeconds(2));
        return Fail($"SUMO was lost at second {Second} ({cause.Message}; {ExitText(code)}){Complaint()}. Run again.", cause);
    }

    private EngineException Fail(string text, Exception? cause = null)
    {
        failure = text;
        return new(text, cause);
    }

    private static string ExitText(int? code) =>
        code is { } value ? string.Create(CultureInfo.InvariantCulture, $"exit code {value}") : "the process still runs";

    private string Complaint()
    {
        var text = process!.Complaint().TrimEnd('.');
        return text.Length > 0 ? ": " + text : "";
    }

    /// <summary>Ends SUMO, whatever it does, and removes what was written for it.</summary>
    public void Dispose()
    {
        EndProcess();
        try
        {
            temporary.Delete(recursive: true);
        }
        catch (IOException)
        {
        }
    }

    private void EndProcess()
    {
        connection?.Dispose();
        connection = null;
        process?.Dispose();
        process = null;
    }
}
