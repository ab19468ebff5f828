using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>A set of data whose template had not come.</summary>
/// <param name="Input">Its file.</param>
/// <param name="Datagram">Number of its datagram.</param>
/// <param name="Offset">Offset of the datagram in the file.</param>
/// <param name="Header">Header of the datagram.</param>
/// <param name="Bytes">What is behind the header of the set; empty when it was not kept.</param>
internal sealed record PendingSet(LogInput Input, long Datagram, long Offset, ExportHeader Header, byte[] Bytes);

/// <summary>Keeps data that comes before its template: exporters repeat templates only every few minutes.</summary>
internal sealed class PendingSets
{
    /// <summary>Bytes of data kept until their templates come: half an hour of a busy exporter is some MB.</summary>
    public const int MaximumBytes = 32 << 20;

    /// <summary>Sets noted, kept or not, until their templates come.</summary>
    private const int MaximumSets = 100_000;

    private readonly Dictionary<(DomainKey Domain, ushort Template), List<PendingSet>> _sets = [];
    private int _count;
    private long _bytes;

    /// <summary>Sets that were not even noted.</summary>
    public long NotNoted { get; private set; }

    /// <summary>Keeps a set.</summary>
    public void Add(DomainKey domain, ushort template, PendingSet set)
    {
        if (_count >= MaximumSets)
        {
            NotNoted++;
            return;
        }

        if (!_sets.TryGetValue((domain, template), out var sets))
            _sets.Add((domain, template), sets = []);
        _count++;
        if (_bytes + set.Bytes.Length > MaximumBytes)
            set = set with { Bytes = [] };
        _bytes += set.Bytes.Length;
        sets.Add(set);
    }

    /// <summary>Takes the sets of a template that has come.</summary>
    public IReadOnlyList<PendingSet> Take(DomainKey domain, ushort template)
    {
        if (!_sets.Remove((domain, template), out var sets))
            return [];
        _count -= sets.Count;
        foreach (var set in sets)
            _bytes -= set.Bytes.Length;
        return sets;
    }

    /// <summary>Says of all sets that are left where they are lost.</summary>
    public void Complete()
    {
        foreach (var ((domain, template), sets) in _sets)
        {
            var what = $"holds data of template {template} of domain {domain.Number}, which never came";
            foreach (var ofFile in sets.GroupBy(set => set.Input.Tally))
            {
                var (first, count) = (ofFile.First(), ofFile.Count());
                ofFile.Key.NoteDamage(first.Offset, 0, first.Datagram,
                    count == 1 ? what : $"{what}, as {count - 1} more sets do");
            }
        }

        _sets.Clear();
    }
}
