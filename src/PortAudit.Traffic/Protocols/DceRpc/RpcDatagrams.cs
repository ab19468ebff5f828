using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads the connectionless PDUs of a flow (C706 §12.5). Each names interface and operation, in NDR, so a
/// response needs no request.</summary>
internal sealed class RpcDatagrams
{
    /// <summary>Interfaces of the flow's port kept at most; further ones are announced repeatedly and merged.</summary>
    public const int MaximumInterfaces = 16;

    private readonly List<Guid> _told = [];
    private readonly StubGathering _stubs = new();
    private RpcCallKey _call;
    private int _nextFragment;

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

    /// <summary>True for the next fragment of a response; repeated fragments are ignored, and a response with a missing
    /// one is not read.</summary>
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
