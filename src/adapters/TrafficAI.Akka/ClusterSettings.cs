using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.DistributedData;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>The configuration of a node. Whoever is silent for 2 s is unreachable; 2 s later the lease decides. A plan is obeyed for 30 s, and all of it must be over by then.</summary>
internal static class ClusterSettings
{
    public const string System = "trafficai-nodes";

    public const string LeasePath = "trafficai-lease.path";

    /// <param name="patience">With parts that are handed over.</param>
    public static Config For(NodePlace place, TimeSpan patience) => ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.provider = cluster
          remote.dot-netty.tcp {
            public-hostname = "{{place.Own.Host}}"
            public-port = {{place.Own.Port}}
            hostname = "{{place.Bind.Host}}"
            port = {{place.Bind.Port}}
          }
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
            phases.cluster-sharding-shutdown-region.timeout = {{patience.TotalSeconds}}s
          }
          cluster {
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            failure-detector {
              heartbeat-interval = 500ms
              acceptable-heartbeat-pause = 2s
            }
            split-brain-resolver {
              active-strategy = lease-majority
              stable-after = 2s
              lease-majority {
                lease-implementation = trafficai-lease
                acquire-lease-delay-for-minority = 500ms
                release-after = 10s
              }
            }
            singleton.hand-over-retry-interval = 500ms
            sharding {
              state-store-mode = ddata
              remember-entities-store = ddata
              rebalance-interval = 2s
              retry-interval = 500ms
              coordinator-failure-backoff = 1s
              handoff-timeout = {{patience.TotalSeconds}}s
              waiting-for-state-timeout = 1s
              distributed-data.durable.keys = []
            }
          }
        }
        trafficai-lease {
          lease-class = "{{typeof(FileLease).AssemblyQualifiedName}}"
          path = "{{place.Lease.Replace("\\", "\\\\", StringComparison.Ordinal)}}"
        }
        """)).WithFallback(ClusterSharding.DefaultConfig()).WithFallback(ClusterSingleton.DefaultConfig()).WithFallback(DistributedData.DefaultConfig());
}
