using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Counts what names below one domain carry in a flow (<see cref="CarriedNames"/>).</summary>
internal sealed class CarriedNameTally(string domain)
{
    private readonly List<ulong> _names = [];
    private long _queries;
    private long _rareQueries;
    private long _nameBytes;
    private long _answerBytes;

    public string Domain { get; } = domain;

    public void Add(in NameContent content)
    {
        _answerBytes += content.AnswerBytes;
        if (!content.IsQuery)
            return;
        _queries++;
        _nameBytes += content.NameBytes;
        if (content.IsRare)
            _rareQueries++;
        if (_names.Count < CarriedNames.MaximumNames && _names.BinarySearch(content.NameHash) is < 0 and var index)
            _names.Insert(~index, content.NameHash);
    }

    public CarriedNames ToRecord() => new(Domain, _queries, _rareQueries, _nameBytes, _answerBytes, [.. _names]);
}
