using PortAudit.Audit.State;

namespace PortAudit.Audit.Roles;

/// <summary>What one host did: the marks that it met by answering and by asking, and what it serves
/// altogether.</summary>
internal sealed class HostTally : IArchived
{
    /// <summary>Things that a host serves which are kept at most: those that bytes proved first.</summary>
    public const int MaximumServed = 64;

    /// <summary>The marks that it met by answering, by number.</summary>
    public SortedList<int, MarkTally> Served { get; } = [];

    /// <summary>The marks that it met by asking, by number.</summary>
    public SortedList<int, MarkTally> Used { get; } = [];

    /// <summary>All that it serves, each with the flows that say so.</summary>
    public BottomKMap<ObservedService, MarkTally> Things { get; } =
        new(MaximumServed, Comparer<ObservedService>.Default);

    public void AddServed(in ServiceUse use, List<(int Mark, EvidenceBasis Basis)> marks, SignIndex book)
    {
        foreach (var (mark, basis) in marks)
        {
            if (book.Admits(mark, use.Client))
                TallyOf(Served, mark).Add(use, use.Client, basis);
        }

        Things.GetOrAdd(use.Thing, () => new MarkTally())?.Add(use, use.Client, use.Basis);
    }

    public void AddUsed(in ServiceUse use, List<(int Mark, EvidenceBasis Basis)> marks, SignIndex book)
    {
        foreach (var (mark, basis) in marks)
        {
            if (book.Admits(mark, use.Server))
                TallyOf(Used, mark).Add(use, use.Server, basis);
        }
    }

    /// <summary>Adds what <paramref name="other"/> did, which is not changed.</summary>
    public void UnionWith(HostTally other)
    {
        foreach (var (mark, tally) in other.Served)
            TallyOf(Served, mark).UnionWith(tally);
        foreach (var (mark, tally) in other.Used)
            TallyOf(Used, mark).UnionWith(tally);
        Things.UnionWith(other.Things, _ => new MarkTally(), (mine, theirs) => mine.UnionWith(theirs));
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(Served, static (archive, mark) => archive.Count(mark), static _ => new MarkTally());
        archive.Map(Used, static (archive, mark) => archive.Count(mark), static _ => new MarkTally());
        Things.Persist(archive, ObservedService.Persisted,
            StateArchive.Making<ObservedService, MarkTally>(static _ => new MarkTally()));
    }

    private static MarkTally TallyOf(SortedList<int, MarkTally> tallies, int mark)
    {
        if (!tallies.TryGetValue(mark, out var tally))
            tallies.Add(mark, tally = new MarkTally());
        return tally;
    }
}
