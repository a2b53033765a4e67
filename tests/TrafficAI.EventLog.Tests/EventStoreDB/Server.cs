namespace TrafficAI.EventLog.Tests.EventStoreDB;

/// <summary>The server that the tests run against.</summary>
internal static class Server
{
    private const string Variable = "TRAFFICAI_ESDB";

    /// <summary>The URI of a log there.</summary>
    /// <param name="options">More of them.</param>
    public static string Log(string name, string options = "")
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(server is null, $"{Variable} names no server: start an EventStoreDB and set it, such as {Variable}=esdb://localhost:2113?tls=false.");
        var question = server!.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? $"{server}/{name}?{options}" : $"{server[..question]}/{name}{server[question..]}&{options}";
    }
}
