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
