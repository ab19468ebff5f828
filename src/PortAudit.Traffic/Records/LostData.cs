using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>A TCP segment that was sent several times and never acknowledged (RFC 9293 §3.8.1).</summary>
/// <param name="ByOriginator">True when the originator sent it, false for the responder.</param>
/// <param name="Length">Its payload in bytes.</param>
/// <param name="Times">Number of transmissions, including the first.</param>
/// <param name="IsFirstOfSize">True when its sender had sent fewer bytes than it holds before: no segment of its size
/// had passed.</param>
/// <param name="PeerWasAlive">True when the other side kept sending without acknowledging it.</param>
/// <param name="PassedSmaller">True when it was resent in smaller parts, which were acknowledged.</param>
/// <param name="Frame">The first retransmission.</param>
public readonly record struct LostData(bool ByOriginator, int Length, int Times, bool IsFirstOfSize, bool PeerWasAlive,
    bool PassedSmaller, FrameReference Frame)
{
    /// <summary>Payload of a full-size segment, in bytes, at least. Smaller packets pass every usual path: tunnels and
    /// dial-in lines have an MTU above 1,200 bytes, IPv6 requires 1,280 (RFC 8200 §5).</summary>
    public const int FullSize = 1_000;

    /// <summary>Largest payload in an ordinary Ethernet frame, in bytes: an MTU of 1,500 less two headers. Larger
    /// captured segments come from offloading in the network card and did not cross the network in this size.</summary>
    private const int LargestSegment = 1_460;

    /// <summary>True when its size explains the loss: it is full-size, and smaller segments pass.</summary>
    public bool IsSizeTheCause =>
        Length is >= FullSize and <= LargestSegment && (IsFirstOfSize || PeerWasAlive || PassedSmaller);

    /// <summary>The loss with the endpoints swapped.</summary>
    public LostData Turn() => this with { ByOriginator = !ByOriginator };
}
