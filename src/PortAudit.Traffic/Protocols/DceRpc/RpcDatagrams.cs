using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads the connectionless PDUs of one flow (C706 §12.5). Every one names its interface and operation, and is
/// written in NDR, so that an answer is understood without its request.</summary>
internal sealed class RpcDatagrams
{
    /// <summary>Interfaces that are known to listen on the flow's port at most; further ones are told again and again,
    /// and are one announcement all the same.</summary>
    public const int MaximumInterfaces = 16;

    private readonly List<Guid> _told = [];
    private readonly StubGathering _stubs = new();
    private RpcCallKey _call;
    private int _nextFragment;

    /// <summary>Reads a datagram.</summary>
    public void Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (!DceRpcDatagram.TryParse(message.Bytes, out var datagram, out _) || !datagram.Fits(message.IsWhole)
            || datagram.Type != DceRpcPduType.Response)
            return;
        if (RpcInterfaces.IsConversation(datagram.Interface, datagram.IsLittleEndian))
            return;
        var uuid = new Guid(datagram.Interface, !datagram.IsLittleEndian);
        if (!RpcService.IsWellKnown(message.Sender.Port) && !_told.Contains(uuid))
        {
            if (_told.Count < MaximumInterfaces)
                _told.Add(uuid);
            notes.Announce(RpcService.Of(uuid, message.Sender, message.Transport, client: null)
                with
            { IsOnPortItself = true });
        }

        if (RpcOperations.Find(uuid, datagram.Operation) is { IsRequest: false } operation)
            Read(operation, datagram, message, notes);
    }

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        _told.Clear();
        _stubs.Clear();
        (_call, _nextFragment) = (default, 0);
    }

    private void Read(RpcOperation operation, DceRpcDatagram datagram, in ControlMessage message,
        AnnouncementNotes notes)
    {
        if (!message.IsWhole || !IsNext(datagram))
            return;
        if (_stubs.TryComplete(_call, datagram.FragmentNumber == 0, datagram.IsLastFragment, datagram.Body, notes,
            out var stub))
            operation.Read(new RpcStub(stub, new NdrSyntax(datagram.IsLittleEndian, Is64: false),
                message.Sender.Address, message.Receiver.Address), notes);
    }

    /// <summary>True for the next fragment of an answer; one that was sent again is read once, and an answer of which
    /// one is missing not at all.</summary>
    private bool IsNext(DceRpcDatagram datagram)
    {
        var call = new RpcCallKey(datagram.Sequence, datagram.Activity);
        if (datagram.FragmentNumber == 0 && (call != _call || _nextFragment == 0))
            (_call, _nextFragment) = (call, 0);
        if (call != _call || datagram.FragmentNumber != _nextFragment)
            return false;
        _nextFragment++;
        return true;
    }
}
