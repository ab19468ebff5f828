namespace PortAudit.Tests.Watching;

/// <summary>A clock that stands, long before any capture unless it is set: time passes with packets only.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => Now;
}
