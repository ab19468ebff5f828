namespace PortAudit.Traffic.Records;

/// <summary>Datagrams of which only the first fragment was seen (RFC 791 §3.2).</summary>
/// <param name="ByOriginator">True when the originator sent them, false for the responder.</param>
/// <param name="Datagrams">How many.</param>
public readonly record struct FragmentLoss(bool ByOriginator, int Datagrams)
{
    /// <summary>The loss with the endpoints swapped.</summary>
    public FragmentLoss Turn() => this with { ByOriginator = !ByOriginator };
}
