namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>A recogniser's decision on the bytes so far.</summary>
public enum RecogniserAnswer
{
    /// <summary>Not this protocol, whatever follows.</summary>
    NoMatch,

    /// <summary>Possibly; more bytes are needed.</summary>
    NeedMoreData,

    /// <summary>This protocol.</summary>
    Match,
}

/// <summary>Strength of a <see cref="RecogniserAnswer.Match"/>.</summary>
public enum MatchStrength : byte
{
    /// <summary>Hardly any other protocol has such bytes: a magic number, a fixed structure, or a form repeated in
    /// several packets.</summary>
    Proof,

    /// <summary>The bytes have the protocol's form, as others may. The flow stays open: proof of another protocol
    /// replaces it, another shape does not. Stands if not disproved when the flow is given up.</summary>
    Shape,
}
