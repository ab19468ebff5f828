namespace PortAudit.Traffic.Observers.Identification;

/// <summary>State of the recognition of a connection.</summary>
internal enum RecognitionState
{
    /// <summary>More bytes may decide more.</summary>
    Open,

    /// <summary>Complete.</summary>
    Settled,

    /// <summary>All recognisers are ruled out.</summary>
    Exhausted,
}
