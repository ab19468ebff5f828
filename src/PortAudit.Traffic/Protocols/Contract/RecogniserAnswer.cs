namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a recogniser says of the bytes that it was shown.</summary>
public enum RecogniserAnswer
{
    /// <summary>These bytes are not this protocol, and more of them will not make it so.</summary>
    NoMatch,

    /// <summary>They may be; more bytes are needed to say.</summary>
    NeedMoreData,

    /// <summary>They are.</summary>
    Match,
}

/// <summary>How much a <see cref="RecogniserAnswer.Match"/> is worth.</summary>
public enum MatchStrength : byte
{
    /// <summary>The bytes are this protocol's and hardly anybody else's: a mark, a fixed structure, or a shape that
    /// held over several packets.</summary>
    Proof,

    /// <summary>
    /// The bytes have the form of this protocol, and others may have it too. The flow stays open: a proof of another
    /// protocol takes its place, another shape does not. What nobody has disproved when the flow is given up stands.
    /// </summary>
    Shape,
}
