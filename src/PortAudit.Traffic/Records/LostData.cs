using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>A TCP segment that was sent several times and never acknowledged (RFC 9293 §3.8.1).</summary>
/// <param name="ByOriginator">True when the originator sent it, false for the responder.</param>
/// <param name="Length">Its payload in bytes.</param>
/// <param name="Times">How often it was sent, the first time included.</param>
/// <param name="IsFirstOfSize">True when its sender had sent fewer bytes before it than it holds: no segment of its
/// size had passed.</param>
/// <param name="PeerWasAlive">True when the other side went on sending, without acknowledging it.</param>
/// <param name="PassedSmaller">True when it was sent again in smaller parts, and these were acknowledged.</param>
/// <param name="Frame">The frame that repeated it first.</param>
public readonly record struct LostData(bool ByOriginator, int Length, int Times, bool IsFirstOfSize, bool PeerWasAlive,
    bool PassedSmaller, FrameReference Frame)
{
    /// <summary>
    /// Payload from which a segment counts as full-size, in bytes. Below it no usual path refuses a packet: tunnels and
    /// dial-in lines have an MTU above 1,200 bytes, and IPv6 asks for 1,280 (RFC 8200 §5).
    /// </summary>
    public const int FullSize = 1_000;

    /// <summary>
    /// Payload of the largest segment in an ordinary Ethernet frame, in bytes: an MTU of 1,500 less two headers. What a
    /// capture holds beyond that was mostly put together by the network card, or not yet taken apart by it, and did not
    /// cross the network in this size.
    /// </summary>
    private const int LargestSegment = 1_460;

    /// <summary>True when its size explains the loss: it is full-size, and smaller segments pass.</summary>
    public bool IsSizeTheCause =>
        Length is >= FullSize and <= LargestSegment && (IsFirstOfSize || PeerWasAlive || PassedSmaller);

    /// <summary>The same where the two ends change over.</summary>
    public LostData Turn() => this with { ByOriginator = !ByOriginator };
}
