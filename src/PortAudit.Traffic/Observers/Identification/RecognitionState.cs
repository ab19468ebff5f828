namespace PortAudit.Traffic.Observers.Identification;

/// <summary>How the recognition of a connection stands.</summary>
internal enum RecognitionState
{
    /// <summary>More bytes may tell more.</summary>
    Open,

    /// <summary>All is known that is to be known.</summary>
    Settled,

    /// <summary>No recogniser is left.</summary>
    Exhausted,
}
