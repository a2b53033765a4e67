namespace TrafficAI.Simulation.Model;

/// <summary>What a vehicle wants of the lanes beside it, and why it cannot have it (SUMO's LaneChangeAction).</summary>
[Flags]
internal enum Wish
{
    None = 0,
    Stay = 1,
    Left = 1 << 1,
    Right = 1 << 2,
    Strategic = 1 << 3,
    Cooperative = 1 << 4,
    SpeedGain = 1 << 5,
    KeepRight = 1 << 6,
    Urgent = 1 << 8,
    BlockedByLeftLeader = 1 << 9,
    BlockedByLeftFollower = 1 << 10,
    BlockedByRightLeader = 1 << 11,
    BlockedByRightFollower = 1 << 12,
    Overlapping = 1 << 13,

    /// <summary>It stays whoever is beside, so that nobody has looked.</summary>
    Unseen = 1 << 14,
    BlockingLeader = 1 << 16,
    BlockingFollower = 1 << 17,
    ForRight = 1 << 18,
    ForLeft = 1 << 19,
    BackBlocker = 1 << 20,
    BackBlockerStanding = 1 << 21,
    Wanted = Left | Right,
    BlockedByLeader = BlockedByLeftLeader | BlockedByRightLeader,
    BlockedByFollower = BlockedByLeftFollower | BlockedByRightFollower,
    Blocked = BlockedByLeader | BlockedByFollower | Overlapping,
    Kept = ~0xffff,
}
