using System.Text.Json;

namespace TrafficAI.Server.Jobs;

/// <summary>How far a job has come.</summary>
public enum JobState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>Work that takes longer than a request.</summary>
/// <param name="Id">From 1, rising.</param>
/// <param name="By">Who asked.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Result">Once it is done; else null.</param>
/// <param name="Error">Why it failed; else null.</param>
public sealed record Job(long Id, string By, WhatIfAsk Ask, JobState State, double Progress, JsonElement? Result, string? Error)
{
    /// <summary>Whether it is over, one way or another.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
