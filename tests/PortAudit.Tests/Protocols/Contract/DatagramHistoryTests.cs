using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Protocols.Contract;

public sealed class DatagramHistoryTests
{
    private readonly DatagramMemory _memory = new();
    private readonly BufferPool _pool = new();

    [Fact]
    public void Nothing_remembered_is_an_empty_history() => Assert.Equal(0, _memory.HistoryOf(Side.Low).Count);

    [Fact]
    public void A_datagram_is_remembered_with_its_head_its_length_and_its_sender()
    {
        _memory.TryRemember(new byte[100], Side.Low, _pool);
        _memory.TryRemember([1, 2, 3], Side.High, _pool);

        var history = _memory.HistoryOf(Side.Low);
        Assert.Equal((2, true, 100, DatagramHistory.HeadLength),
            (history.Count, history[0].IsFromOriginator, history[0].Length, history[0].Head.Length));
        Assert.Equal((false, 3, "010203"),
            (history[1].IsFromOriginator, history[1].Length, Convert.ToHexString(history[1].Head)));
    }

    [Fact]
    public void A_flow_that_was_turned_turns_its_history()
    {
        _memory.TryRemember([1], Side.Low, _pool);

        Assert.False(_memory.HistoryOf(Side.High)[0].IsFromOriginator);
    }

    [Fact]
    public void One_datagram_too_many_takes_the_place_of_the_oldest()
    {
        for (byte i = 0; i <= DatagramHistory.MaximumDatagrams; i++)
            _memory.TryRemember([i], Side.Low, _pool);

        var history = _memory.HistoryOf(Side.Low);
        Assert.Equal((DatagramHistory.MaximumDatagrams, 1, DatagramHistory.MaximumDatagrams),
            (history.Count, history[0].Head[0], history[^1].Head[0]));
    }

    [Fact]
    public void Without_room_in_the_pool_nothing_is_remembered()
    {
        Assert.False(_memory.TryRemember([1], Side.Low, new BufferPool(maximumBytes: 0)));
        Assert.Equal(0, _memory.HistoryOf(Side.Low).Count);
    }

    [Fact]
    public void A_few_datagrams_take_little_room()
    {
        var pool = new BufferPool(maximumBytes: 256);

        for (byte i = 1; i <= 3; i++)
            Assert.True(_memory.TryRemember([i], Side.Low, pool));
        Assert.False(_memory.TryRemember([4], Side.Low, pool));
        Assert.Equal((3, 3), (_memory.HistoryOf(Side.Low).Count, _memory.HistoryOf(Side.Low)[2].Head[0]));
    }

    [Fact]
    public void More_datagrams_than_there_was_room_for_are_remembered_with_those_before()
    {
        for (byte i = 1; i <= 4; i++)
            _memory.TryRemember([i], Sides.LowIf(i % 2 == 0), _pool);

        var history = _memory.HistoryOf(Side.Low);
        Assert.Equal((4, 1, false, 4, true), (history.Count, history[0].Head[0], history[0].IsFromOriginator,
            history[3].Head[0], history[3].IsFromOriginator));
    }

    [Fact]
    public void Remembering_allocates_nothing_once_the_pool_has_buffers()
    {
        void Fill()
        {
            for (var i = 0; i < 20; i++)
                _memory.TryRemember([1, 2, 3], Side.Low, _pool);
            _memory.Clear(_pool);
        }

        Assert.Equal(0, Allocation.Least(Fill));
    }
}
