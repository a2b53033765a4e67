using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>Five minutes of the corridor under adaptive control, recorded once for all tests, with an access log in memory.</summary>
public sealed class RecordedRun : IAsyncLifetime
{
    public const int Seconds = 300;

    private Recording recording = null!;

    public ServedLog Served => recording.Served;

    public async ValueTask InitializeAsync() => recording = await Recording.OfAsync("corridor", "adaptive", Sensing.Full, Seconds, CancellationToken.None);

    public ValueTask DisposeAsync() => recording.DisposeAsync();

    /// <summary>Serves it on a free port; returns when all of it has been read.</summary>
    /// <param name="change">What is different from a server for this machine alone.</param>
    internal async Task<TestServer> ServeAsync(Func<DashboardOptions, DashboardOptions>? change = null) => await TestServer.StartAsync(Served, change, Seconds - 2);

    /// <summary>Of the repository.</summary>
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "TrafficAI.sln"))) return folder.FullName;
            throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
        }
    }
}

/// <summary>Accounts of tests. Hashing a password takes time, so that all have one.</summary>
internal static class TestAccounts
{
    public const string Password = "correct horse battery";

    public static AccountsFile All { get; } = Make();

    private static AccountsFile Make()
    {
        var hash = Access.Password.Hash(Password);
        return new([
            new("vera", Role.Viewer, hash, [], "kk"), new("erlan", Role.Engineer, hash, [], "ru"), new("elena", Role.Engineer, hash, [], "ru"),
            new("oleg", Role.Operator, hash, ["J3"], "ru"), new("olga", Role.Operator, hash, [], "en"), new("ada", Role.Administrator, hash, [], "en")]);
    }

    public static string OfRole(Role role) => role switch { Role.Viewer => "vera", Role.Engineer => "erlan", Role.Operator => "olga", _ => "ada" };
}
