using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>State of a datagram flow under identification.</summary>
internal sealed class DatagramMemory
{
    private byte[]? _records;
    private int _count;

    /// <summary>Registry row that is proved and wants more; -1 without one.</summary>
    public int Matched { get; set; } = -1;

    /// <summary>A match in shape only; null without one.</summary>
    public TentativeMatch? Tentative { get; set; }

    /// <summary>A request for another protocol than the proved one, not answered yet; null without one.</summary>
    public TentativeMatch? Asked { get; set; }

    /// <summary>The hellos of a QUIC connection being read; null without.</summary>
    public QuicHandshake? Quic { get; set; }

    public DatagramHistory HistoryOf(Side originator) =>
        new(_records.AsSpan(0, _count * DatagramHistory.RecordLength), originator);

    /// <summary>Keeps a datagram. False when the pool's bound was reached.</summary>
    public bool TryRemember(ReadOnlySpan<byte> payload, Side sender, BufferPool pool, bool isWhole = true)
    {
        if (_count == DatagramHistory.MaximumDatagrams)
            _records.AsSpan(DatagramHistory.RecordLength, --_count * DatagramHistory.RecordLength).CopyTo(_records);
        if (!TryReserve((_count + 1) * DatagramHistory.RecordLength, pool))
            return false;
        DatagramHistory.Write(_records.AsSpan(_count++ * DatagramHistory.RecordLength, DatagramHistory.RecordLength),
            payload, sender, isWhole);
        return true;
    }

    /// <summary>Ensures room. Starts small: most flows with kept datagrams send a few, but last long.</summary>
    private bool TryReserve(int length, BufferPool pool)
    {
        if (_records is not null && _records.Length >= length)
            return true;
        if (pool.Rent(length) is not { } larger)
            return false;
        if (_records is not null)
        {
            _records.CopyTo(larger, 0);
            pool.Return(_records);
        }

        _records = larger;
        return true;
    }

    public void Clear(BufferPool pool)
    {
        if (_records is not null)
            pool.Return(_records);
        _records = null;
        _count = 0;
        Matched = -1;
        (Tentative, Asked) = (null, null);
        Quic = null;
    }
}
