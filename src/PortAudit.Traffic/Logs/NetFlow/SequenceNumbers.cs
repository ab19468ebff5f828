namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Finds in the sequence numbers of a domain's datagrams, within one file, how many records were lost before
/// they were received.</summary>
/// <remarks>The number counts datagrams in v9 (RFC 3954 §5.1), flows in v5 and v7 (Cisco, "NetFlow Export Datagram
/// Format") and data records in IPFIX (RFC 7011 §3.1). As exporters differ from this, and softflowd counts the records
/// of the datagram itself in IPFIX, each way of counting is followed, and the one that the numbers fit best counts.
/// Numbers that fit none, for example as two exporters share a number of a domain, say nothing.</remarks>
internal sealed class SequenceNumbers
{
    /// <summary>Numbers that have to be the expected ones before the others are believed.</summary>
    public const int LeastFits = 3;

    /// <summary>Largest jump that is a loss; beyond it the exporter began to count anew.</summary>
    public const int LargestLoss = 1_000_000;

    /// <summary>Largest step back that is a datagram which came late; beyond it the exporter began to count anew.
    /// </summary>
    public const int LargestDelay = 1_000;

    private Counting _datagrams;
    private Counting _records;
    private Counting _recordsWithOwn;
    private bool _countsDatagrams;

    /// <summary>Datagrams that came.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Records that came.</summary>
    public long Records { get; private set; }

    /// <summary>Records that were lost; where datagrams are counted, as many for each as others hold.</summary>
    public long Lost
    {
        get
        {
            var ofRecords = _recordsWithOwn.Fits > _records.Fits ? _recordsWithOwn : _records;
            var isOfDatagrams = _datagrams.Fits > ofRecords.Fits
                || (_datagrams.Fits == ofRecords.Fits && _countsDatagrams);
            return isOfDatagrams
                ? (long)Math.Round(_datagrams.Believed * ((double)Records / Math.Max(1, Datagrams)))
                : ofRecords.Believed;
        }
    }

    /// <summary>Adds a datagram.</summary>
    /// <param name="header">Its header, of a version that has sequence numbers.</param>
    /// <param name="records">Its records of data; null when unknown.</param>
    public void Add(in ExportHeader header, int? records)
    {
        Datagrams++;
        Records += records ?? 0;
        _countsDatagrams = header.Version == 9;
        _datagrams.Add(header.Sequence, 1);
        _records.Add(header.Sequence, records);
        if (records is { } own)
            _recordsWithOwn.Add(unchecked(header.Sequence - (uint)own), own);
    }

    /// <summary>One way of counting.</summary>
    private struct Counting
    {
        private uint? _expected;
        private long _lost;
        private long _steps;
        private long _jumps;
        private long _restarts;

        /// <summary>Numbers that were the expected ones.</summary>
        public long Fits { get; private set; }

        /// <summary>What was lost; 0 when the numbers do not fit.</summary>
        public readonly long Believed =>
            Fits >= LeastFits && Fits * 2 >= _steps && (_restarts == 0 || _restarts * 2 <= _jumps) ? _lost : 0;

        /// <summary>Adds a number.</summary>
        /// <param name="number">The number.</param>
        /// <param name="size">By how much the next one is larger; null when unknown.</param>
        public void Add(uint number, int? size)
        {
            var isLate = false;
            if (_expected is { } expected)
            {
                _steps++;
                var step = unchecked((int)(number - expected));
                isLate = step is < 0 and >= -LargestDelay;
                Fits += step == 0 ? 1 : 0;
                _jumps += step > 0 ? 1 : 0;
                _restarts += step is > LargestLoss or < -LargestDelay ? 1 : 0;
                if (step is > 0 and <= LargestLoss)
                    _lost += step;
                else if (isLate)
                    _lost = Math.Max(0, _lost - (size ?? 0));
            }

            if (!isLate)
                _expected = size is { } next ? unchecked(number + (uint)next) : null;
        }
    }
}
