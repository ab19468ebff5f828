using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Decodes export datagrams to records, with the templates of their domains.</summary>
/// <param name="sink">Receives every record of flows.</param>
internal sealed class DatagramDecoder(RecordTaker sink)
{
    private readonly DomainTable _domains = new();
    private readonly PendingSets _pending = new();
    private readonly ExportRecord _record = new();

    /// <summary>The domains with datagrams in the file that is read.</summary>
    private readonly List<ExportDomain> _inFile = [];

    /// <summary>Templates that were not kept.</summary>
    public long TemplatesNotKept => _domains.NotKept;

    /// <summary>Sets of data that were not kept while their template had not come.</summary>
    public long SetsNotNoted => _pending.NotNoted;

    /// <summary>Decodes a datagram. Returns what is wrong with it, a clause behind its number; null when nothing
    /// is.</summary>
    /// <param name="input">Its file.</param>
    /// <param name="point">Name of the capture point.</param>
    /// <param name="header">Its header.</param>
    /// <param name="datagram">Its bytes, with the header.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    /// <param name="offset">Its offset in the file, in bytes.</param>
    public string? Decode(LogInput input, string point, in ExportHeader header, ReadOnlySpan<byte> datagram,
        long number, long offset)
    {
        var key = new DomainKey(point, header.Version, header.Domain);
        var domain = _domains.Of(key);
        domain.NoteClock(header);
        var place = new ExportPlace(input, point, header, domain, number);
        if (!header.HasSets)
        {
            DecodeFixed(place, datagram);
            NoteSequence(domain, header, header.Count);
            return null;
        }

        var rest = datagram[header.Length..];
        var (records, problem, isWhole) = (0, (string?)null, datagram.Length >= header.DatagramLength);
        while (ExportSet.TryParse(header.Version, rest, out var set, out _))
        {
            rest = rest[set.Length..];
            if (set.IsTemplates)
                problem = DecodeTemplates(key, domain, header.Version, set) ?? problem;
            else if (domain.Templates.TryGetValue(set.Id, out var template))
                problem = DecodeData(place, template, set.Payload, ref records) ?? problem;
            else
            {
                isWhole = false;
                _pending.Add(key, set.Id, new PendingSet(input, number, offset, header, set.Payload.ToArray()));
            }
        }

        NoteSequence(domain, header, isWhole ? records : null);
        return problem;
    }

    /// <summary>Ends a file: what was lost between its first and last datagram is known.</summary>
    /// <param name="lost">Records lost.</param>
    /// <returns>Records that came, of the domains of which it is known.</returns>
    public long EndFile(out long lost)
    {
        (var came, lost) = (0L, 0L);
        foreach (var domain in _inFile)
        {
            if (domain.Sequence is { Lost: > 0 } sequence)
                (came, lost) = (came + sequence.Records, lost + sequence.Lost);
            domain.Sequence = null;
        }

        _inFile.Clear();
        return came;
    }

    /// <summary>Says what was lost as its template never came: all files are read.</summary>
    public void Complete() => _pending.Complete();

    private void NoteSequence(ExportDomain domain, in ExportHeader header, int? records)
    {
        if (!header.HasSequence || _domains.IsOther(domain))
            return;
        if (domain.Sequence is null)
            _inFile.Add(domain);
        (domain.Sequence ??= new SequenceNumbers()).Add(header, records);
    }

    private void DecodeFixed(in ExportPlace place, ReadOnlySpan<byte> datagram)
    {
        var header = place.Header;
        place.Domain.Sampling = header.Sampling;
        var rest = datagram[header.Length..];
        for (var number = 1; number <= header.Count && rest.Length >= header.RecordLength; number++)
        {
            FixedRecord.Read(header.Version, rest[..header.RecordLength], _record);
            sink(_record, place, number);
            rest = rest[header.RecordLength..];
        }
    }

    private string? DecodeTemplates(DomainKey key, ExportDomain domain, ushort version, in ExportSet set)
    {
        var rest = set.Payload;
        while (true)
        {
            if (ExportTemplate.TryRead(version, set.IsOptions, ref rest, out var problem) is not { } template)
                return problem;
            if (template.Fields.Length == 0)
                _domains.Withdraw(domain, template.Id, set.IsOptions);
            else if (_domains.TryKeep(domain, template))
                DecodePending(key, domain, template);
        }
    }

    /// <summary>Decodes data that came before its template.</summary>
    private void DecodePending(DomainKey key, ExportDomain domain, ExportTemplate template)
    {
        foreach (var set in _pending.Take(key, template.Id))
        {
            var records = 0;
            var place = new ExportPlace(set.Input, key.Point, set.Header, domain, set.Datagram);
            var problem = set.Bytes.Length == 0
                ? $"holds data of template {template.Id}, which came too late for it to be kept"
                : DecodeData(place, template, set.Bytes, ref records);
            if (problem is not null)
                set.Input.Tally.NoteDamage(set.Offset, 0, set.Datagram, problem);
        }
    }

    private string? DecodeData(in ExportPlace place, ExportTemplate template, ReadOnlySpan<byte> bytes, ref int records)
    {
        while (_record.TryRead(template, ref bytes))
        {
            records++;
            if (template.IsOptions)
                NoteOptions(place.Domain);
            else
                sink(_record, place, records);
        }

        // Zeros fill a set up (RFC 7011 §3.3.1); some exporters fill with other bytes, in less than four.
        return bytes.Length < 4 || !bytes.ContainsAnyExcept((byte)0)
            ? null
            : $"has {bytes.Length} bytes behind the records of template {template.Id}, which are no record of it";
    }

    /// <summary>What an exporter says of itself: how it samples, and when it started.</summary>
    private void NoteOptions(ExportDomain domain)
    {
        if (_record.Find(ExportField.InitTimeMs) is { } ms)
            domain.InitNs = ExportTimes.Scaled(ms, 1_000_000);
        domain.Sampling = Math.Max(domain.Sampling, SamplingOf(_record));
    }

    /// <summary>One packet in so many was looked at, by a record of options or of a flow; 0 when not said.</summary>
    public static long SamplingOf(ExportRecord record)
    {
        if (record.Find(ExportField.SamplingInterval) is > 0 and var interval)
            return (long)Math.Min(interval, int.MaxValue);
        var (taken, skipped) = ((uint)record[ExportField.SampledPackets], (uint)record[ExportField.SkippedPackets]);
        return taken == 0 ? 0 : (taken + (long)skipped) / taken;
    }
}

/// <summary>Takes a record.</summary>
/// <param name="record">Its values, valid during the call.</param>
/// <param name="place">Where it stands.</param>
/// <param name="number">Its number in the datagram, from 1.</param>
internal delegate void RecordTaker(ExportRecord record, in ExportPlace place, int number);

/// <summary>Where a record stands.</summary>
/// <param name="Input">Its file.</param>
/// <param name="Point">Name of the capture point.</param>
/// <param name="Header">Header of its datagram.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="Datagram">Number of its datagram, or of its line.</param>
internal readonly record struct ExportPlace(LogInput Input, string Point, ExportHeader Header, ExportDomain Domain,
    long Datagram)
{
    /// <summary>True when counts were multiplied by an interval of sampling that is not known.</summary>
    public bool IsScaled { get; init; }

    /// <summary>True when the record may count answers, which cannot be told from its own packets, or may be an answer
    /// itself, as its ICMP type is not sure.</summary>
    public bool HidesAnswers { get; init; }

    /// <summary>What wrote its records.</summary>
    public LogSource Source => Of(Header.Source, isEvent: false);

    /// <summary>What wrote its events of connections.</summary>
    public LogSource EventSource =>
        Header.Source == LogSource.Nfdump ? LogSource.Nfdump : Of(LogSource.Nsel, isEvent: true);

    /// <summary>The file and the datagram.</summary>
    public FrameReference Line => new(Input.Member.Capture, Datagram);

    private LogSource Of(LogSource source, bool isEvent) => Input.Member.Content is CapturedExportContent
        ? CapturedExportContent.InFrames(source, isEvent)
        : source;
}
