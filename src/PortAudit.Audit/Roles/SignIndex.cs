using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The signs of a set of catalogs, and their marks by number: marks of one text are one. Any number of threads
/// may ask.</summary>
internal sealed class SignIndex
{
    private readonly FrozenDictionary<string, int> _numbers;
    private readonly FrozenDictionary<string, ImmutableArray<int>> _byProtocol;
    private readonly ImmutableArray<int> _byPort;

    /// <summary>Gathers the signs of <paramref name="catalogs"/>; one that two catalogs have is taken from the first,
    /// with the exclusions of both.</summary>
    public SignIndex(CatalogSet catalogs)
    {
        Signs =
        [
            .. catalogs.Files.SelectMany(file => file.Signs).GroupBy(sign => (sign.Role, sign.Text))
                .Select(same => same.First() with { Unless = [.. same.SelectMany(sign => sign.Unless).Distinct()] }),
        ];
        Marks = [.. Signs.SelectMany(sign => sign.Serves.Concat(sign.Uses)).DistinctBy(mark => mark.Text)];
        _numbers = Marks.Select((mark, number) => (mark, number))
            .ToFrozenDictionary(entry => entry.mark.Text, entry => entry.number, StringComparer.Ordinal);
        _byProtocol = ProtocolRegistry.Rows.Select(row => row.Name).Distinct(StringComparer.Ordinal).ToFrozenDictionary(
            name => name,
            name => Numbers(mark => ProtocolKinship.Accepts(mark.Protocols, name)),
            StringComparer.Ordinal);
        _byPort = Numbers(mark => mark.Protocols.IsEmpty);
    }

    public ImmutableArray<Sign> Signs { get; }

    public ImmutableArray<Mark> Marks { get; }

    /// <summary>True when the mark of a number may be met in traffic with <paramref name="peer"/>.</summary>
    public bool Admits(int mark, IpAddress peer) => !Marks[mark].IsWithInternet || !AddressScope.IsInternal(peer);

    public int NumberOf(Mark mark) => _numbers[mark.Text];

    /// <summary>Adds the marks that <paramref name="use"/> meets, each once, with the best of what that rests
    /// on.</summary>
    public void Collect(in ServiceUse use, List<(int Mark, EvidenceBasis Basis)> met)
    {
        if (use.Protocol is { } protocol)
            Collect(use, protocol, use.Basis, met);
        if (use.BeganAs is { } began)
            Collect(use, began, use.Basis, met);
        if (use.Service is { } service && _byProtocol.ContainsKey(service))
            Collect(use, service, use.ServiceBasis, met);
        if (use.Protocol is not null && !ProtocolComparison.IsSecurityLayer(use.Protocol))
            return; // bytes, or an announcement, name something else
        foreach (var number in _byPort)
        {
            if (Marks[number].Covers(use.Transport, use.Port) && Marks[number].Accepts(use.Flow.Tls?.ServerName))
                Meet(number, EvidenceBasis.Port, met);
        }
    }

    private void Collect(in ServiceUse use, string name, EvidenceBasis basis,
        List<(int Mark, EvidenceBasis Basis)> met)
    {
        foreach (var number in _byProtocol.GetValueOrDefault(name, []))
        {
            var mark = Marks[number];
            if (!mark.Covers(use.Transport, use.Port) || !mark.Accepts(use.Flow.Tls?.ServerName))
                continue;
            if (mark.Services.IsEmpty && use.Thing.Shows(name))
                Meet(number, basis, met);
            else if (use.Service is { } service && mark.Services.Contains(service, StringComparer.OrdinalIgnoreCase))
                Meet(number, basis < use.ServiceBasis ? basis : use.ServiceBasis, met);
            else if (use.Carries(mark))
                Meet(number, basis, met);
        }
    }

    private static void Meet(int mark, EvidenceBasis basis, List<(int Mark, EvidenceBasis Basis)> met)
    {
        var known = met.FindIndex(entry => entry.Mark == mark);
        if (known < 0)
            met.Add((mark, basis));
        else if (met[known].Basis < basis)
            met[known] = (mark, basis);
    }

    private ImmutableArray<int> Numbers(Func<Mark, bool> isWanted) => [.. Marks.Select((mark, number) => (mark, number))
        .Where(entry => isWanted(entry.mark)).Select(entry => entry.number)];
}
