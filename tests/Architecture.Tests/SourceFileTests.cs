using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests;

/// <summary>What a file of the product looks like.</summary>
public sealed partial class SourceFileTests
{
    const int MaxMethodLines = 60;
    const int MaxFileLines = 600;

    [Fact]
    public void A_file_has_one_top_level_type()
        => Finding.AssertNone(
            from file in SourceFile.All
            from type in file.TopLevelTypes.Skip(1)
            select file.Finding(type.SpanStart, $"{NameOf(type)} is not the first type here"),
            "Move each type into a file of its own; only the cases of a closed family stay, nested in their abstract record.");

    [Fact]
    public void A_file_is_named_after_its_type()
        => Finding.AssertNone(
            from file in SourceFile.All
            from type in file.TopLevelTypes.Take(1)
            where NameOf(type) != Path.GetFileNameWithoutExtension(file.FullPath)
            select file.Finding(type.SpanStart, $"has {NameOf(type)}"),
            "Rename the file or the type.");

    [Fact]
    public void A_method_has_at_most_60_lines()
        => Finding.AssertNone(
            from file in SourceFile.All
            from method in Methods(file)
            let lines = file.Line(method.End) - file.Line(method.Start) + 1
            where lines > MaxMethodLines
            select file.Finding(method.Start, $"{method.Name} has {lines} lines"),
            $"Extract methods until none has more than {MaxMethodLines} lines.");

    [Fact]
    public void A_file_has_at_most_600_lines()
        => Finding.AssertNone(
            from file in SourceFile.All
            where file.LineCount > MaxFileLines
            select file.Finding(0, $"has {file.LineCount} lines"),
            $"Extract types until no file has more than {MaxFileLines} lines; aim at 300.");

    [Fact]
    public void There_are_no_regions()
        => Finding.AssertNone(
            from file in SourceFile.All
            from trivia in file.Syntax.DescendantTrivia()
            where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
            select file.Finding(trivia.SpanStart, "#region"),
            "Remove the directive; what wants to be a region is a type.");

    [Fact]
    public void A_todo_has_an_issue_number()
        => Finding.AssertNone(
            from file in SourceFile.All
            from trivia in file.Syntax.DescendantTrivia().Where(IsComment)
            from match in TodoWithoutIssue().Matches(trivia.ToFullString())
            select file.Finding(trivia.FullSpan.Start + match.Index, "TODO without an issue"),
            "Do it now, or open an issue and write TODO #123.");

    static IEnumerable<(string Name, int Start, int End)> Methods(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            // From the name on: attributes and comments are not what makes a method long.
            SyntaxToken? name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier,
                ConstructorDeclarationSyntax constructor => constructor.Identifier,
                DestructorDeclarationSyntax destructor => destructor.Identifier,
                OperatorDeclarationSyntax @operator => @operator.OperatorToken,
                ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
                PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier,
                IndexerDeclarationSyntax { ExpressionBody: not null } indexer => indexer.ThisKeyword,
                AccessorDeclarationSyntax accessor => accessor.Keyword,
                _ => null,
            };

            if (name is { } token)
            {
                yield return (token.Text, token.SpanStart, node.Span.End);
            }
        }

        if (file.Syntax.Members.OfType<GlobalStatementSyntax>().ToList() is [var first, ..] statements)
        {
            yield return ("The program", first.SpanStart, statements[^1].Span.End);
        }
    }

    static string NameOf(MemberDeclarationSyntax type)
        => type switch
        {
            BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
            DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
            _ => throw new ArgumentException($"{type.Kind()} is not a type", nameof(type)),
        };

    static bool IsComment(SyntaxTrivia trivia)
        => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
            or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia
            or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\bTODO\b(?!:?\s*\(?#\d+)")]
    private static partial Regex TodoWithoutIssue();
}
