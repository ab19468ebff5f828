using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The RPC pipes of a connection: recognised by the name opened, or, when not captured, by an RPC bind written
/// to them. Passes their data to separate trackers. Of files only programs on administrative shares matter.</summary>
/// <param name="begin">Creates the tracker of a pipe.</param>
internal sealed class SmbPipeTable(Func<IDynamicPortTracker> begin)
{
    /// <summary>Pipes followed at once; the oldest is dropped. Clients open one, call and close it.</summary>
    public const int MaximumPipes = 8;

    /// <summary>Non-pipe trees remembered at most; opens in a forgotten tree count.</summary>
    public const int MaximumTrees = 16;

    private const string EndpointMapperPipe = "epmapper";

    private readonly SmbPipe?[] _pipes = new SmbPipe?[MaximumPipes];
    private readonly SmbTreeId?[] _otherTrees = new SmbTreeId?[MaximumTrees];
    private readonly SmbExchanges _exchanges = new();
    private AdminShareTable? _shares;
    private AnnouncementNotes? _inner;
    private SmbPipe? _current;
    private bool _isHidden;
    private int _nextPipe;
    private int _nextTree;

    /// <summary>Whether a command without its payload matters: null when it is short and decides once the payload is
    /// present.</summary>
    public bool? Matters(in SmbPipeStep step) => step.Act switch
    {
        SmbPipeAct.None => false,
        SmbPipeAct.Answer => _exchanges.Find(step.Exchange) is { } pipe ? Matters(pipe) : false,
        SmbPipeAct.Write or SmbPipeAct.Transact when step.File == SmbFileId.OfPrevious => true,
        SmbPipeAct.Write or SmbPipeAct.Transact when Find(step.File) is { } pipe => Matters(pipe),
        SmbPipeAct.Write or SmbPipeAct.Transact => MayBecomeBind(step.Bytes) ? null : false,
        _ => null,
    };

    /// <summary>Processes a command.</summary>
    /// <param name="step">Its action.</param>
    /// <param name="isRelated">True when related to the previous command in its message.</param>
    /// <param name="carrier">The transport message that contains it.</param>
    /// <param name="notes">Receives the announcements.</param>
    public void Take(in SmbPipeStep step, bool isRelated, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (!isRelated)
            _current = null;
        if (step.Share is not null)
            _shares ??= new AdminShareTable();
        _shares?.Take(step, notes);
        switch (step.Act)
        {
            case SmbPipeAct.Connected:
                NoteTree(step.Tree, step.TreeKind);
                if (step.TreeKind == SmbTreeKind.Other && _shares?.Holds(step.Tree) != true)
                    notes.Carry(CarriedKind.Share, CarriedUse.FileShare);
                break;
            case SmbPipeAct.Referred when DfsReferral.ListsDomains(step.Bytes):
                notes.Carry(CarriedKind.Referral, CarriedUse.DomainReferral);
                break;
            case SmbPipeAct.Open:
                _current = step.Pipe is { } service && SmbPipes.CarriesRpc(service) && !IsOtherTree(step.Tree)
                    ? Begin(isMapper: service == EndpointMapperPipe)
                    : null;
                _current?.Begin(step.Exchange);
                break;
            case SmbPipeAct.Opened:
                FindOpening(step.Exchange)?.Open(step.File);
                if (step.IsFile && _shares?.Holds(step.Tree) != true)
                    notes.Carry(CarriedKind.Share, CarriedUse.FileShare);
                break;
            case SmbPipeAct.Write or SmbPipeAct.Transact or SmbPipeAct.Read or SmbPipeAct.Close:
                TakeUse(step, carrier, notes);
                break;
            case SmbPipeAct.Answer or SmbPipeAct.Failed:
                TakeAnswer(step, carrier, notes);
                break;
        }
    }

    /// <summary>Drops partial messages after a gap.</summary>
    public void Break()
    {
        foreach (var pipe in _pipes)
            pipe?.Break();
    }

    public void Clear()
    {
        foreach (var pipe in _pipes)
            Close(pipe);
        Array.Clear(_otherTrees);
        (_current, _shares, _nextPipe, _nextTree, _isHidden) = (null, null, 0, 0, false);
    }

    private void TakeUse(in SmbPipeStep step, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (step.File != SmbFileId.OfPrevious)
            _current = Find(step.File) ?? OpenByBind(step);
        if (_current is not { } pipe)
            return;
        if (step.Act == SmbPipeAct.Close)
        {
            Close(pipe);
            _current = null;
            return;
        }

        if (step.Act is SmbPipeAct.Read or SmbPipeAct.Transact)
            _exchanges.Add(step.Exchange, pipe);
        if (step.Act is SmbPipeAct.Write or SmbPipeAct.Transact)
            Read(pipe, step, byClient: true, carrier, notes);
    }

    private void TakeAnswer(in SmbPipeStep step, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (step.Act == SmbPipeAct.Failed)
            Close(FindOpening(step.Exchange));
        else if (_exchanges.Find(step.Exchange) is { } pipe)
            Read(pipe, step, byClient: false, carrier, notes);
        if (!step.IsInPart)
            _exchanges.Remove(step.Exchange);
    }

    /// <summary>A partial request names its pipe only in the first part, and is skipped.</summary>
    private void Read(SmbPipe pipe, in SmbPipeStep step, bool byClient, in ControlMessage carrier,
        AnnouncementNotes notes)
    {
        if (byClient && step.IsInPart)
        {
            if (pipe.IsMapper)
                notes.Miss();
            return;
        }

        _inner ??= new AnnouncementNotes(notes.Memory);
        _inner.Clear();
        pipe.Read(step.Bytes, byClient, carrier, _inner);
        notes.TakeOverUses(_inner);
        if (!pipe.IsMapper)
            return;
        notes.TakeOver(_inner, RpcService.Protocol);
        if (_inner.IsHidden && !_isHidden)
            notes.HideSome();
        _isHidden |= _inner.IsHidden;
    }

    private SmbPipe Begin(bool isMapper)
    {
        var index = Array.FindIndex(_pipes, pipe => pipe is null || !pipe.IsInUse);
        if (index < 0)
            index = _nextPipe;
        _nextPipe = (index + 1) % MaximumPipes;
        Close(_pipes[index]);
        var pipe = _pipes[index] ??= new SmbPipe(begin());
        pipe.Mark(isMapper);
        return pipe;
    }

    private SmbPipe? OpenByBind(in SmbPipeStep step)
    {
        if (step.Act is not (SmbPipeAct.Write or SmbPipeAct.Transact) || IsOtherTree(step.Tree))
            return null;
        var name = FindInterface(step.Bytes);
        if (name is null && !IsOfNetlogonChannel(step.Bytes))
            return null;
        var pipe = Begin(IsMapper(name));
        pipe.Open(step.File);
        return pipe;
    }

    /// <summary>True for interfaces on the endpoint mapper's pipe: the mapper, DCOM's activators and object resolver
    /// ([MS-DCOM] 1.9).</summary>
    private static bool IsMapper(string? name) => name is "epm" or "ISystemActivator" or "remact" or "oxid";

    /// <summary>The interface in a bind; null when unknown or for other data.</summary>
    private static string? FindInterface(ReadOnlySpan<byte> bytes) =>
        DceRpcPdu.TryParse(bytes, out var pdu, out _) && DceRpcBind.TryParse(pdu, out var bind, out _)
            ? bind.FindInterface()
            : null;

    /// <summary>True for a call over a Netlogon secure channel: identifies the pipe when the bind was not
    /// captured.</summary>
    private static bool IsOfNetlogonChannel(ReadOnlySpan<byte> bytes) =>
        DceRpcPdu.TryParse(bytes, out var pdu, out _) && pdu.IsOfNetlogonChannel;

    /// <summary>Whether a message of a followed pipe matters: null when it may be skipped if too long.</summary>
    private static bool? Matters(SmbPipe pipe) => pipe.IsMapper ? true : null;

    /// <summary>True when the present part of a write may begin a bind.</summary>
    private static bool MayBecomeBind(ReadOnlySpan<byte> bytes) =>
        DceRpcPdu.TryParse(bytes, out var pdu, out var error)
            ? pdu is { Type: DceRpcPduType.Bind, IsCut: true }
            : error == ParseError.Incomplete;

    private void Close(SmbPipe? pipe)
    {
        if (pipe is null)
            return;
        pipe.Clear();
        _exchanges.Remove(pipe);
    }

    private SmbPipe? Find(SmbFileId file)
    {
        foreach (var pipe in _pipes)
        {
            if (pipe?.File == file)
                return pipe;
        }

        return null;
    }

    private SmbPipe? FindOpening(ulong exchange)
    {
        foreach (var pipe in _pipes)
        {
            if (pipe?.Opening == exchange)
                return pipe;
        }

        return null;
    }

    private bool IsOtherTree(SmbTreeId tree) => Array.IndexOf(_otherTrees, tree) >= 0;

    private void NoteTree(SmbTreeId tree, SmbTreeKind kind)
    {
        var index = Array.IndexOf(_otherTrees, tree);
        if (kind == SmbTreeKind.Pipes && index >= 0)
            _otherTrees[index] = null;
        if (kind != SmbTreeKind.Other || index >= 0)
            return;
        _otherTrees[_nextTree] = tree;
        _nextTree = (_nextTree + 1) % MaximumTrees;
    }
}
