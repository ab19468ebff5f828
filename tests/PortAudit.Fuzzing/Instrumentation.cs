using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace PortAudit.Fuzzing;

/// <summary>Writes an assembly anew that counts in <see cref="BranchCoverage"/> which of its basic blocks run: the
/// begin of each method, the targets of branches, what follows a branch, and handlers of exceptions.</summary>
internal static class Instrumentation
{
    /// <summary>Instruments an assembly.</summary>
    /// <param name="source">Its file.</param>
    /// <param name="target">Where the instrumented one is written, another file.</param>
    /// <returns>Number of blocks.</returns>
    public static int Write(string source, string target)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(source);
        var hit = assembly.MainModule.ImportReference(typeof(BranchCoverage).GetMethod(nameof(BranchCoverage.Hit)));
        var blocks = 0;
        foreach (var method in assembly.MainModule.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody))
        {
            method.Body.SimplifyMacros();
            foreach (var leader in LeadersOf(method.Body))
                CountAt(method.Body, leader, blocks++ % BranchCoverage.Blocks, hit);
            method.Body.OptimizeMacros();
        }

        assembly.Write(target);
        return blocks;
    }

    private static List<Instruction> LeadersOf(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            leaders.UnionWith(TargetsOf(instruction));
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
                leaders.Add(next);
        }

        leaders.UnionWith(body.ExceptionHandlers.Select(handler => handler.HandlerStart));
        return [.. body.Instructions.Where(leaders.Contains)];
    }

    private static Instruction[] TargetsOf(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    /// <summary>Puts the count before an instruction, and has everything that leads to the instruction lead to the
    /// count.</summary>
    private static void CountAt(MethodBody body, Instruction leader, int block, MethodReference hit)
    {
        var count = Instruction.Create(OpCodes.Ldc_I4, block);
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand == leader)
                instruction.Operand = count;
            else if (instruction.Operand is Instruction[] targets)
                targets.AsSpan().Replace(leader, count);
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == leader ? count : handler.TryStart;
            handler.TryEnd = handler.TryEnd == leader ? count : handler.TryEnd;
            handler.HandlerStart = handler.HandlerStart == leader ? count : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == leader ? count : handler.HandlerEnd;
            handler.FilterStart = handler.FilterStart == leader ? count : handler.FilterStart;
        }

        var processor = body.GetILProcessor();
        processor.InsertBefore(leader, count);
        processor.InsertBefore(leader, Instruction.Create(OpCodes.Call, hit));
    }
}
