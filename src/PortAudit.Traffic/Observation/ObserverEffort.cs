namespace PortAudit.Traffic.Observation;

/// <summary>How much is done with a packet besides counting it: less when more come than can be looked at. Counting is
/// never left out.</summary>
public enum ObserverEffort
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>No names, credentials and refusals are read: payload is looked at for protocols and announced ports
    /// only.</summary>
    WithoutNames,

    /// <summary>Flows that have no name yet get none; those of control protocols are followed on.</summary>
    Counting,
}

/// <summary>What a smaller <see cref="ObserverEffort"/> left out.</summary>
/// <param name="Names">Flows that were not read, or not to the end, for names, credentials and refusals.</param>
/// <param name="Identifications">Flows whose protocol was not looked for, or not to the end.</param>
public readonly record struct ShedCounts(long Names, long Identifications)
{
    /// <summary>Both together.</summary>
    public static ShedCounts operator +(ShedCounts one, ShedCounts other) =>
        new(one.Names + other.Names, one.Identifications + other.Identifications);
}
