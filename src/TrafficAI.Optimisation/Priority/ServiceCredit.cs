namespace TrafficAI.Optimisation.Priority;

/// <summary>Limits how much of the time somebody may have: what is spent comes back second by second, and when all is spent nothing may be had until all has come
/// back. So no more than half of any long time is had, and no more than the credit at a stretch.</summary>
/// <param name="seconds">1 or more.</param>
public sealed class ServiceCredit(int seconds)
{
    private int spent;

    /// <summary>All is spent, and has not come back yet.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>A second passes.</summary>
    /// <param name="isUsed">Whether it was had.</param>
    public void Pass(bool isUsed)
    {
        spent = isUsed && !IsSpent ? spent + 1 : Math.Max(0, spent - 1);
        IsSpent = spent >= seconds || (IsSpent && spent > 0);
    }
}
