using System.Globalization;
using Akka.Configuration;

namespace TrafficAI.Akka;

/// <summary>The configuration of an actor system. It says nothing on the console: what goes wrong reaches the host. It listens to no signal: whoever
/// disposes of the mailboxes says when they are shut down, after the run's last input.</summary>
internal static class Settings
{
    public const string Dispatcher = "intersections";

    /// <param name="threads">Of the intersections.</param>
    /// <param name="patience">With each phase of a shutdown.</param>
    public static Config For(int threads, TimeSpan patience) => ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            default-phase-timeout = {{patience.TotalSeconds}}s
            exit-clr = off
            run-by-clr-shutdown-hook = off
          }
        }
        {{Dispatcher}} {
          type = ForkJoinDispatcher
          throughput = 1
          dedicated-thread-pool {
            thread-count = {{threads}}
            threadtype = background
          }
        }
        """));
}
