namespace PortAudit.Live;

/// <summary>What <see cref="LiveCapture.Read"/> came back with.</summary>
public enum LiveRead
{
    /// <summary>A packet.</summary>
    Packet,

    /// <summary>The time to wait is over, and nothing is due yet.</summary>
    Quiet,

    /// <summary>There will be no more: <see cref="LiveCapture.Ending"/> says why.</summary>
    Ended,
}
