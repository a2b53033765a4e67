using System.Security.Cryptography.X509Certificates;
using TrafficAI.Server.Access;
using TrafficAI.Server.Access.Oidc;
using TrafficAI.Server.Jobs;
using TrafficAI.Server.Operation;

namespace TrafficAI.Server;

/// <summary>How a dashboard is served.</summary>
/// <param name="Listen">Where.</param>
public sealed record DashboardOptions(ListenAddress Listen)
{
    /// <summary>Who may log in; null where only this machine can reach the server, and who sits there is let in.</summary>
    public AccountsFile? Accounts { get; init; }

    /// <summary>The identity provider of an organisation, with which people may log in too; null for none.</summary>
    public OidcFile? Oidc { get; init; }

    /// <summary>For HTTPS; null for HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A proxy in front of it speaks HTTPS, and names the clients.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>Streams that one client may hold open.</summary>
    public int ViewersPerClient { get; init; } = 100;

    /// <summary>What tells the time to sessions and records.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Hands orders of operators on; null where the log is only shown.</summary>
    public OrderDoor? Orders { get; init; }

    /// <summary>Works what-if questions out; null for not here.</summary>
    public WhatIfRunner? WhatIf { get; init; }

    /// <summary>Where traces and measures are sent by OTLP; null for nowhere.</summary>
    public Uri? Collector { get; init; }

    /// <summary>Whether browsers reach it by HTTPS.</summary>
    public bool IsSecure => Listen.IsTls || IsBehindProxy;

    /// <summary>Why it must not be served so; null if nothing is wrong. One line: what, what next.</summary>
    public string? Objection => this switch
    {
        { Listen.IsTls: true, Certificate: null } => "https:// needs a certificate. Give --certificate FILE and --key FILE, in PEM.",
        { Oidc: not null, Accounts: null } => "--oidc without accounts: say --accounts FILE too; it may hold none.",
        { Listen.IsLoopback: false, Accounts: null } => "others could reach it, and nobody would have to log in. Give --accounts FILE, or listen on 127.0.0.1.",
        { Listen.IsLoopback: false, IsSecure: false } => "passwords would cross the network in the clear. Listen on https:// with --certificate, or say --behind-proxy where a proxy speaks HTTPS.",
        _ => null,
    };
}
