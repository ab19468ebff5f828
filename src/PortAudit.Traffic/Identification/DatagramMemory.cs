namespace PortAudit.Traffic.Identification;

/// <summary>What is kept of a flow of datagrams while it is being identified.</summary>
internal sealed class DatagramMemory
{
    private byte[]? _records;
    private int _count;

    /// <summary>Index of the row that is proved and wants more, -1 while none is.</summary>
    public int Matched { get; set; } = -1;

    /// <summary>A match in shape only.</summary>
    public TentativeMatch Tentative { get; set; }

    /// <summary>The datagrams remembered.</summary>
    public DatagramHistory HistoryOf(bool lowIsOriginator) => new(_records.AsSpan(0, _count * DatagramHistory.RecordLength), lowIsOriginator);

    /// <summary>Remembers a datagram. False when the pool's bound was reached.</summary>
    public bool TryRemember(ReadOnlySpan<byte> payload, bool sentByLow, BufferPool pool, bool isWhole = true)
    {
        _records ??= pool.Rent(DatagramHistory.MaximumDatagrams * DatagramHistory.RecordLength);
        if (_records is null)
            return false;
        if (_count == DatagramHistory.MaximumDatagrams)
            _records.AsSpan(DatagramHistory.RecordLength, --_count * DatagramHistory.RecordLength).CopyTo(_records);
        DatagramHistory.Write(_records.AsSpan(_count++ * DatagramHistory.RecordLength, DatagramHistory.RecordLength), payload, sentByLow, isWhole);
        return true;
    }

    /// <summary>Makes it as new.</summary>
    public void Clear(BufferPool pool)
    {
        if (_records is not null)
            pool.Return(_records);
        _records = null;
        _count = 0;
        Matched = -1;
        Tentative = default;
    }
}
