namespace PortAudit.Tests.Watching;

/// <summary>A clock that stands, long before any capture: time passes with packets only.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
