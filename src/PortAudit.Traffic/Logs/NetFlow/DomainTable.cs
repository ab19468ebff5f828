namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The observation domains of one reading, and their templates. Files do not say who sent a datagram: the
/// domains of a capture point are told apart by version and number only.</summary>
internal sealed class DomainTable
{
    /// <summary>Domains kept: a line card of a large router has one each.</summary>
    public const int MaximumDomains = 10_000;

    /// <summary>Templates kept, of all domains together: exporters have some ten, and fields of 8 bytes.</summary>
    public const int MaximumTemplates = 20_000;

    private readonly Dictionary<DomainKey, ExportDomain> _domains = [];
    private readonly ExportDomain _other = new();
    private int _templates;

    /// <summary>Templates that were not kept.</summary>
    public long NotKept { get; private set; }

    /// <summary>The domain; one without templates for those beyond the limit.</summary>
    public ExportDomain Of(DomainKey key)
    {
        if (_domains.TryGetValue(key, out var domain))
            return domain;
        if (_domains.Count >= MaximumDomains)
        {
            _other.Templates.Clear();
            return _other;
        }

        _domains.Add(key, domain = new ExportDomain());
        return domain;
    }

    /// <summary>True for what stands for the domains beyond the limit.</summary>
    public bool IsOther(ExportDomain domain) => domain == _other;

    /// <summary>Keeps a template in place of one of its identifier. False when there are too many.</summary>
    public bool TryKeep(ExportDomain domain, ExportTemplate template)
    {
        if (!domain.Templates.ContainsKey(template.Id))
        {
            if (_templates >= MaximumTemplates || domain == _other)
            {
                NotKept++;
                return false;
            }

            _templates++;
        }

        domain.Templates[template.Id] = template;
        return true;
    }

    /// <summary>Withdraws a template (RFC 7011 §8.1): an identifier of a set stands for all of its kind.</summary>
    public void Withdraw(ExportDomain domain, ushort id, bool isOptions)
    {
        var before = domain.Templates.Count;
        if (id >= ExportSet.FirstData)
            domain.Templates.Remove(id);
        else
            foreach (var known in domain.Templates.Values.Where(known => known.IsOptions == isOptions).ToArray())
                domain.Templates.Remove(known.Id);
        _templates -= before - domain.Templates.Count;
    }
}
