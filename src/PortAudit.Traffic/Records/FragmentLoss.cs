namespace PortAudit.Traffic.Records;

/// <summary>Datagrams of which the first fragment was seen and no other (RFC 791 §3.2).</summary>
/// <param name="ByOriginator">True when the originator sent them, false for the responder.</param>
/// <param name="Datagrams">How many.</param>
public readonly record struct FragmentLoss(bool ByOriginator, int Datagrams)
{
    /// <summary>The same where the two ends change over.</summary>
    public FragmentLoss Turn() => this with { ByOriginator = !ByOriginator };
}
