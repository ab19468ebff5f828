namespace PortAudit.Traffic.Observation;

/// <summary>How much work is done for a packet besides counting, which is never skipped. Reduced when packets come too
/// fast.</summary>
public enum ObserverEffort
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>No names, credentials or refusals; only protocols and announced ports.</summary>
    WithoutNames,

    /// <summary>No new identifications; control conversations are still followed.</summary>
    Counting,
}

/// <summary>Work skipped under a reduced <see cref="ObserverEffort"/>.</summary>
/// <param name="Names">Flows not, or not completely, read for names, credentials and refusals.</param>
/// <param name="Identifications">Flows whose identification was skipped or cut short.</param>
public readonly record struct ShedCounts(long Names, long Identifications)
{
    /// <summary>Adds the counts.</summary>
    public static ShedCounts operator +(ShedCounts one, ShedCounts other) =>
        new(one.Names + other.Names, one.Identifications + other.Identifications);
}
